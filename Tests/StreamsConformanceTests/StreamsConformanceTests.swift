import ConformanceSupport
import Testing

/// The Stream commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct StreamsConformanceTests {
  static let module = ModuleConformance(
    groups: ["stream"], cases: addCases + trimCases + rangeCases + readCases + groupCases + claimCases + infoCases,
    grammar: streamsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
