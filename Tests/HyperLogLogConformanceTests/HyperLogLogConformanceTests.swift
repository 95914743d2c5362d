import ConformanceSupport
import Testing

/// The HyperLogLog commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct HyperLogLogConformanceTests {
  static let module = ModuleConformance(
    groups: ["hyperloglog"], cases: elementCases + formatCases, grammar: hyperLogLogGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
