import ConformanceSupport
import Testing

/// Numbers at the end of their range, from clients and from the configuration: sums with them must not end the server.
@Suite struct ExtremeNumberTests {
  @Test func timesToLiveWithoutEndAreAveraged() throws {
    let process = try ServerProcess(
      .underTest(), arguments: ["--appendonly", "yes", "--appendfsync", "always", "--daemonize", "no"])
    var client = try process.connect()
    for key in ["a", "b"] {
      #expect(try client.call(["SET", key, "1", "PXAT", "\(Int64.max)"]).value.text == "OK")
    }
    // Once as they come from a client, and once as they come from the file.
    for _ in 0..<2 {
      try BadInputTests.wait { try Self.averageTimeToLive(client) > 0 }
      #expect(try client.call("PTTL a").value.number ?? 0 > 0)
      client = try RestartTests.restart(process, "DEBUG RESTART")
    }
    #expect(try client.call("DBSIZE").value.number == 2)
  }

  private static func averageTimeToLive(_ client: RESPClient) throws -> Int64 {
    let text = try client.call("INFO keyspace").value.text ?? ""
    return text.split(whereSeparator: \.isNewline).first { $0.hasPrefix("db0:") }?
      .split(separator: "=").last.flatMap { Int64($0) } ?? 0
  }

  @Test func settingsAtTheirExtremesAreLivedWith() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    let settings: [(name: String, values: [Int])] = [
      ("maxmemory", [.max]), ("maxmemory-samples", [Int(Int32.max)]), ("lfu-log-factor", [Int(Int32.max), 0]),
      ("lfu-decay-time", [Int(Int32.max), 0]), ("maxmemory-eviction-tenacity", [100, 0]),
      ("hz", [Int(Int32.max), 0]), ("active-expire-effort", [10]), ("slowlog-log-slower-than", [.max]),
      ("slowlog-max-len", [.max]), ("latency-monitor-threshold", [.max]), ("timeout", [Int(Int32.max)]),
    ]
    for (name, values) in settings {
      for value in values {
        #expect(try client.call(["CONFIG", "SET", name, "\(value)"]).value.text == "OK")
        for policy in ["allkeys-lfu", "volatile-ttl", "allkeys-lru"] {
          #expect(try client.call(["CONFIG", "SET", "maxmemory-policy", policy]).value.text == "OK")
          for command: Command in ["SET key value PX 100000", "SET other value", "GET key", "INFO", "MEMORY STATS"] {
            #expect(try !client.call(command).value.isError, "\(name) \(value)")
          }
        }
      }
    }
    // Everything goes, by each policy, with as many samples as can be asked for.
    for policy in ["allkeys-lfu", "allkeys-lru", "allkeys-random"] {
      for index in 0..<100 { _ = try client.call(["SET", "key:\(index)", "value"]) }
      #expect(try client.call(["CONFIG", "SET", "maxmemory-policy", policy]).value.text == "OK")
      #expect(try client.call("CONFIG SET maxmemory 1").value.text == "OK")
      try BadInputTests.wait { try client.call("DBSIZE").value.number == 0 }
      #expect(try client.call("CONFIG SET maxmemory 0").value.text == "OK")
    }
  }

  @Test func moreKeysThanCanBeCountedAreNone() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    let reply = try client.call(["COMMAND", "GETKEYS", "LMPOP", "\(Int64.max)", "key", "LEFT"]).value
    #expect(reply.text == "ERR Invalid arguments specified for command")
    #expect(try client.call("PING").value.text == "PONG")
  }
}
