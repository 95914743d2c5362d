import ConformanceSupport
import Testing

/// The Hash commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct HashesConformanceTests {
  static let module = ModuleConformance(
    groups: ["hash"], cases: fieldCases + counterCases + wholeCases + randomCases, grammar: hashesGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
