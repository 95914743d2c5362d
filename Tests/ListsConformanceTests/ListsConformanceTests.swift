import ConformanceSupport
import Testing

/// The List commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct ListsConformanceTests {
  static let module = ModuleConformance(
    groups: ["list"], cases: endCases + rangeCases + searchCases + moveCases + unblockedCases, grammar: listsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
