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

  /// A bag is written as it was when a rewrite began, while it changes, and what changed follows.
  @Test func aBagThatChangesIsRewritten() throws {
    let server = try ServerProcess(
      ThrottleTests.binary,
      arguments: ["--appendonly", "yes", "--appendfsync", "always", "--snapshot-time-slice", "10",
        "--snapshot-cpu-share", "1"])
    var client = try server.connect()
    for word in 0..<5000 { _ = try client.call(["BAGADD", "bag", "word:\(word)", "1"]) }
    _ = try client.call("BGREWRITEAOF")
    for word in 0..<5000 where word % 3 == 0 {
      _ = try client.call(["BAGADD", "bag", "word:\(word)", "2"])
      _ = try client.call(["BAGADD", "bag", "more:\(word)", "5"])
    }
    let deadline = ContinuousClock.now + .seconds(30)
    while try client.call("INFO persistence").value.text?.contains("aof_rewrite_in_progress:1") ?? true {
      try #require(ContinuousClock.now < deadline)
    }
    let digest = try client.call("DEBUG DIGEST-VALUE bag").value
    server.killNow()
    try server.restart()
    client = try server.connect()
    #expect(try client.call("DEBUG DIGEST-VALUE bag").value == digest)
    #expect(try client.call("BAGCOUNT bag word:3").value == .integer(3))
    #expect(try client.call("BAGCOUNT bag word:4").value == .integer(1))
  }

  @Test func stringsAreReversed() throws {
    let server = try ServerProcess(ThrottleTests.binary)
    let client = try server.connect()
    _ = try client.call("SET text abc")
    #expect(try client.call("STRREV text").value.text == "cba")
    #expect(try client.call("STRREV absent").raw == Array("$-1\r\n".utf8))
  }
}
