import ConformanceSupport
import Testing

/// The String commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct StringsConformanceTests {
  static let module = ModuleConformance(
    groups: ["string"], cases: setAndGetCases + counterCases + rangeCases + manyKeysCases, grammar: stringsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
