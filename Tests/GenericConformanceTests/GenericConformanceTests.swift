import ConformanceSupport
import Testing

/// The commands on keys against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct GenericConformanceTests {
  static let module = ModuleConformance(
    groups: ["generic"],
    cases: keyCases + waitCases + copyCases + expireCases + iterationCases + objectCases + journalCases + sortCases
      + payloadCases + migrateCases,
    grammar: genericGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
