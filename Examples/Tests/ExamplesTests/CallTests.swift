import ConformanceSupport
import Testing

/// A command that calls others, and a check that all calls pass.
@Suite struct CallTests {
  @Test func aFieldIsMovedAsOneUnit() throws {
    let server = try ServerProcess(
      ThrottleTests.binary, arguments: ["--appendonly", "yes", "--appendfsync", "always"])
    var client = try server.connect()
    _ = try client.call("HSET from a 1 b 2")
    #expect(try client.call("HMOVE from to a").value == .integer(1))
    #expect(try client.call("HMOVE from to absent").value == .integer(0))
    #expect(try client.call("HMOVE absent to a").value == .integer(0))
    #expect(try client.call("HMOVE from from b").value == .integer(1))
    _ = try client.call("SET text abc")
    #expect(try client.call("HMOVE from text b").value.text?.hasPrefix("WRONGTYPE") ?? false)
    #expect(try client.call("HMOVE text to b").value.text?.hasPrefix("WRONGTYPE") ?? false)
    _ = try client.call("MULTI")
    _ = try client.call("HMOVE from to b")
    _ = try client.call("HSET from c 3")
    #expect(try client.call("EXEC").value.elements == [.integer(1), .integer(1)])
    // The calls count as calls; in the file they stand between MULTI and EXEC.
    #expect(try client.call("INFO commandstats").value.text?.contains("cmdstat_hdel:calls=2,") ?? false)
    server.killNow()
    let moved = ["MULTI", "HSET to a 1", "HDEL from a", "EXEC"]
    let rewritten = ["HSET from b 2"]
    let inTransaction = ["MULTI", "HSET to b 2", "HDEL from b", "HSET from c 3", "EXEC"]
    #expect(
      server.journal == ["SELECT 0", "HSET from a 1 b 2"] + moved + rewritten + ["SET text abc"] + inTransaction)
    try server.restart()
    client = try server.connect()
    #expect(try client.call("HGETALL from").value.elements?.compactMap(\.text) == ["c", "3"])
    #expect(try client.call("HGET to a").value.text == "1")
    #expect(try client.call("HGET to b").value.text == "2")
  }

  @Test func aFrozenDataSetIsReadOnly() throws {
    let server = try ServerProcess(ThrottleTests.binary)
    let client = try server.connect()
    _ = try client.call("HSET from a 1")
    #expect(try client.call("FREEZE ON").value.text == "OK")
    let refusal = Array("-FROZEN The data set must not change at present.\r\n".utf8)
    #expect(try client.call("SET key value").raw == refusal)
    #expect(try client.call("HMOVE from to a").raw == refusal)
    #expect(try client.call("HGET from a").value.text == "1")
    _ = try client.call("MULTI")
    #expect(try client.call("SET key value").raw == refusal)
    #expect(try client.call("EXEC").value.text?.hasPrefix("EXECABORT") ?? false)
    #expect(try client.call("INFO stats").value.text?.contains("\r\nfrozen_refusals:3\r\n") ?? false)
    #expect(try client.call("FREEZE maybe").value.isError)
    #expect(try client.call("FREEZE OFF").value.text == "OK")
    #expect(try client.call("SET key value").value.text == "OK")
  }
}
