import ConformanceSupport
import Testing

/// The Sorted Set commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct SortedSetsConformanceTests {
  static let module = ModuleConformance(
    groups: ["sorted-set"],
    cases: addCases + elementCases + rankCases + rangeCases + rangeStoreCases + removalCases + popCases + combineCases
      + largeCombineCases + encodingCases + unblockedCases, grammar: sortedSetsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
