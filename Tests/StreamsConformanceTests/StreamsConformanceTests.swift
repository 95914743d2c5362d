import ConformanceSupport
import Testing

/// The Stream commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct StreamsConformanceTests {
  static let module = ModuleConformance(
    groups: ["stream"],
    cases: addCases + trimCases + rangeCases
      + (readCases + groupCases + claimCases + infoCases).map { $0.journalingOtherwise(ofGroups) }
      + referenceCases.map { $0.journalingOtherwise("Redis 7.0 has no such commands") },
    grammar: streamsGrammar)

  private static let ofGroups =
    "a replay is to give groups the same count of read entries, and consumers that have nothing pending"

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
