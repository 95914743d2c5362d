import ConformanceSupport
import Testing

/// The Set commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct SetsConformanceTests {
  static let module = ModuleConformance(
    groups: ["set"], cases: memberCases + encodingCases + algebraCases + chanceCases, grammar: setsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
