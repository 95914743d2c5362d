import ConformanceSupport
import Testing

/// The Geo commands against redis-server, against its recorded replies, and at random.
@Suite(.serialized) struct GeoConformanceTests {
  static let module = ModuleConformance(
    groups: ["geo"], cases: placeCases + searchCases + denseCases + polygonCases, grammar: geoGrammar)

  @Test(arguments: module.checks) func conforms(_ check: ConformanceCheck) throws {
    for difference in try check.differences() { Issue.record("\(difference)") }
  }
}
