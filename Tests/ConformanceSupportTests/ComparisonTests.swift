import Testing

@testable import ConformanceSupport

@Suite struct ComparisonTests {
  private func difference(_ mode: Comparison, _ actual: String, _ expected: String) throws -> String? {
    func reply(_ text: String) throws -> RESPReply {
      RESPReply(value: try RESPParser.parse(Array(text.utf8))!.value, raw: Array(text.utf8))
    }
    return try mode.difference(reply(actual), reply(expected))
  }

  @Test func tellsWrongRepliesFromRight() throws {
    #expect(try difference(.exactBytes, ":1\r\n", ":1\r\n") == nil)
    #expect(try difference(.exactBytes, ":1\r\n", ":2\r\n") == "replied :1\\r\\n, expected :2\\r\\n")
    #expect(try difference(.exactBytes, "$-1\r\n", "*-1\r\n") != nil)
    #expect(try difference(.unordered, "*2\r\n:1\r\n:2\r\n", "*2\r\n:2\r\n:1\r\n") == nil)
    #expect(try difference(.unordered, "*2\r\n:1\r\n:1\r\n", "*2\r\n:2\r\n:1\r\n") != nil)
    #expect(try difference(.unordered, "*1\r\n:1\r\n", "~1\r\n:1\r\n") != nil)
    #expect(try difference(.unorderedPairs, "*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n", "*4\r\n:3\r\n:4\r\n:1\r\n:2\r\n") == nil)
    #expect(try difference(.unorderedPairs, "*4\r\n:1\r\n:2\r\n:3\r\n:4\r\n", "*4\r\n:2\r\n:1\r\n:3\r\n:4\r\n") != nil)
    #expect(try difference(.number(tolerance: 1), ":99\r\n", ":100\r\n") == nil)
    #expect(try difference(.number(tolerance: 1), ":98\r\n", ":100\r\n") != nil)
    #expect(try difference(.number(tolerance: 1), "$2\r\n99\r\n", ":100\r\n") != nil)
    #expect(try difference(.typeOnly, "$1\r\na\r\n", "$1\r\nb\r\n") == nil)
    #expect(try difference(.typeOnly, "$1\r\na\r\n", ":1\r\n") != nil)
    let deviation = Comparison.deviation(reason: "because") { $0.value == .integer(3) }
    #expect(try difference(deviation, ":3\r\n", ":1\r\n") == nil)
    #expect(try difference(deviation, ":1\r\n", ":1\r\n")?.contains("because") == true)
  }
}
