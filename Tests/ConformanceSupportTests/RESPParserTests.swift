import Testing

@testable import ConformanceSupport

@Suite struct RESPParserTests {
  @Test(arguments: [
    ("+OK\r\n", RESPValue.simpleString(Array("OK".utf8))),
    ("-ERR no\r\n", .error(Array("ERR no".utf8))),
    (":-12\r\n", .integer(-12)),
    ("$3\r\na\r\n\r\n", .bulk(Array("a\r\n".utf8))),
    ("$-1\r\n", .null), ("*-1\r\n", .null), ("_\r\n", .null),
    ("*2\r\n:1\r\n*0\r\n", .array([.integer(1), .array([])])),
    ("%1\r\n+a\r\n#t\r\n", .map([RESPPair(key: .simpleString(Array("a".utf8)), value: .boolean(true))])),
    ("~1\r\n,1.5\r\n", .set([.double(Array("1.5".utf8))])),
    (">1\r\n(123\r\n", .push([.bigNumber(Array("123".utf8))])),
    ("=7\r\ntxt:abc\r\n", .verbatim(format: Array("txt".utf8), text: Array("abc".utf8))),
    ("!3\r\nERR\r\n", .bulkError(Array("ERR".utf8))),
    (
      "|1\r\n+a\r\n:1\r\n:2\r\n",
      .attributed([RESPPair(key: .simpleString(Array("a".utf8)), value: .integer(1))], .integer(2))
    ),
  ])
  func readsEveryType(_ text: String, _ value: RESPValue) throws {
    let bytes = Array(text.utf8)
    let parsed = try RESPParser.parse(bytes + Array("+next\r\n".utf8))
    #expect(parsed?.value == value)
    #expect(parsed?.length == bytes.count)
    for length in bytes.indices {
      let isIncomplete = try RESPParser.parse(Array(bytes[..<length])) == nil
      #expect(isIncomplete)
    }
  }

  @Test(arguments: ["?\r\n", ":x\r\n", "+OK\n", "$1\r\nabc", "=2\r\nab\r\n"])
  func refusesWhatIsNoRESP(_ text: String) {
    #expect(throws: ConformanceError.self) { try RESPParser.parse(Array(text.utf8)) }
  }
}
