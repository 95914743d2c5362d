import ConformanceSupport
import Testing

@Suite struct BagTests {
  @Test func countsWords() throws {
    let server = try ServerProcess(ThrottleTests.binary)
    let client = try server.connect()
    #expect(try client.call("BAGADD bag word 2").value == .integer(2))
    #expect(try client.call("BAGADD bag word 3").value == .integer(5))
    #expect(try client.call("BAGCOUNT bag word").value == .integer(5))
    #expect(try client.call("BAGCOUNT bag other").value == .integer(0))
    #expect(try client.call("BAGCOUNT absent word").value == .integer(0))
    #expect(try client.call("TYPE bag").value.text == "bag")
    #expect(try client.call("BAGADD bag word 9223372036854775807").value.isError)
    #expect(try client.call("CONFIG SET bag-max-words 1").value.text == "OK")
    #expect(try client.call("BAGADD bag other 1").raw == Array("-ERR the bag is full\r\n".utf8))
    _ = try client.call("SET text abc")
    #expect(try client.call("BAGADD text word 1").value.isError)
  }

  @Test func bagsSurviveACrashAndARewrite() throws {
    let server = try ServerProcess(ThrottleTests.binary, arguments: ["--appendonly", "yes", "--appendfsync", "always"])
    _ = try server.connect().call("BAGADD bag word 7")
    server.killNow()
    try server.start()
    let client = try server.connect()
    #expect(try client.call("BAGCOUNT bag word").value == .integer(7))
    #expect(try client.call("COPY bag twin").value == .integer(1))
    let digests = try client.call("DEBUG DIGEST-VALUE bag twin").value.elements
    #expect(digests?.first == digests?.last)
  }

  @Test func stringsAreReversed() throws {
    let server = try ServerProcess(ThrottleTests.binary)
    let client = try server.connect()
    _ = try client.call("SET text abc")
    #expect(try client.call("STRREV text").value.text == "cba")
    #expect(try client.call("STRREV absent").raw == Array("$-1\r\n".utf8))
  }
}
