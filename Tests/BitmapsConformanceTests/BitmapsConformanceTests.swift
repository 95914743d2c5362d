import ConformanceSupport
import Testing

/// The Bitmap commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct BitmapsConformanceTests {
  static let module = ModuleConformance(
    groups: ["bitmap"], cases: bitCases + countCases + operationCases + fieldCases, grammar: bitmapsGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
