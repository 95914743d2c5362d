import ConformanceSupport
import Testing

/// What a memory limit does: to the figures, to commands that want more, and to those who have to wait meanwhile.
@Suite struct EvictionTests {
  private static func used(_ client: RESPClient) throws -> Int {
    try #require(try BadInputTests.figure("used_memory", "memory", client))
  }

  private static func start(_ arguments: String...) throws -> (process: ServerProcess, client: RESPClient) {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"] + arguments)
    return (process, try process.connect())
  }

  @Test func whatWasTakenIsGivenBack() throws {
    let (process, client) = try Self.start()
    defer { _ = process }
    func fill() throws {
      for index in 0..<200 {
        try client.send(["SET", "string:\(index)", String(repeating: "x", count: index * 100)])
        try client.send(["APPEND", "string:\(index)", String(repeating: "y", count: 3000)])
        try client.send(["HSET", "hash:\(index)", "field", "value", "other", "\(index)"])
        try client.send(["RPUSH", "list:\(index % 7)", String(repeating: "z", count: index * 10)])
        try client.send(["HSET", "large", "field:\(index)", String(repeating: "v", count: 100)])
        for _ in 0..<5 { #expect(try !client.receive().value.isError) }
      }
      for command: Command in ["MULTI", "SET queued value", "EXEC", "DEBUG POPULATE 100000"] {
        #expect(try !client.call(command).value.isError)
      }
    }
    // What is kept for the next time, buffers and slabs of malloc's, is there after the first.
    try fill()
    #expect(try client.call("FLUSHALL SYNC").value.text == "OK")
    let before = try Self.used(client)
    try fill()
    let full = try Self.used(client)
    #expect(full > before + 10_000_000)
    #expect(try client.call("FLUSHALL SYNC").value.text == "OK")
    #expect(abs(try Self.used(client) - before) < 200_000)
  }

  @Test func eachCommandSeesWhatTheOneBeforeTook() throws {
    let (process, client) = try Self.start("--maxmemory", "20mb")
    defer { _ = process }
    // In one piece, so that they are executed in one turn.
    let commands: [Command] = (0..<16).map { ["SETRANGE", "key:\($0)", "10000000", "x"] }
    try client.send(commands.flatMap(\.encoded))
    let refused = try (0..<16).filter { _ in
      try client.receive().value.text == "OOM command not allowed when used memory > 'maxmemory'."
    }
    #expect(refused.count == 14)
    #expect(try Self.used(client) < 40 << 20)
  }

  @Test func whatIsFarAboveTheLimitGoesBetweenCommands() throws {
    let (process, client) = try Self.start("--maxmemory-policy", "allkeys-lru")
    defer { _ = process }
    #expect(try client.call("DEBUG POPULATE 300000").value.text == "OK")
    #expect(try client.call("CONFIG SET maxmemory 1").value.text == "OK")
    // Others are served meanwhile, and writers are not refused while there is something to evict.
    #expect(try client.call("DBSIZE").value.number ?? 0 > 0)
    #expect(try client.call("SET key value").value.text == "OK")
    try BadInputTests.wait { try client.call("DBSIZE").value.number == 0 }
    #expect(try client.call("SET key value").value.isError)
  }

  @Test func tenacityHasNoEndAtItsEnd() throws {
    let (process, client) = try Self.start("--maxmemory-policy", "allkeys-lru", "--maxmemory-eviction-tenacity", "100")
    defer { _ = process }
    #expect(try client.call("DEBUG POPULATE 300000").value.text == "OK")
    #expect(try client.call("CONFIG SET maxmemory 1").value.text == "OK")
    #expect(try client.call("DBSIZE").value.number == 0)
    #expect(try BadInputTests.figure("evicted_keys", "stats", client) == 300_000)
  }

  @Test func theOldestKeysGoFirst() throws {
    let (process, client) = try Self.start("--maxmemory-policy", "volatile-ttl")
    defer { _ = process }
    for index in 1...1000 {
      _ = try client.call(["SET", "key:\(index)", String(repeating: "x", count: 500), "EX", "\(index * 1000)"])
    }
    let limit = try Self.used(client) - 200_000
    #expect(try client.call(["CONFIG", "SET", "maxmemory", "\(limit)"]).value.text == "OK")
    try BadInputTests.wait { try BadInputTests.figure("evicted_keys", "stats", client) ?? 0 >= 300 }
    #expect(try client.call("CONFIG SET maxmemory 0").value.text == "OK")
    func left(_ range: ClosedRange<Int>) throws -> Double {
      try client.call(Command(["EXISTS"] + range.map { "key:\($0)" })).value.number ?? -1
    }
    #expect(try left(1...200) < 60 && left(801...1000) > 180)
  }

  @Test func whatIsUsedOftenStays() throws {
    let (process, client) = try Self.start("--maxmemory-policy", "allkeys-lfu")
    defer { _ = process }
    for index in 0..<2000 { _ = try client.call(["SET", "key:\(index)", String(repeating: "x", count: 500)]) }
    for _ in 0..<100 {
      let command = Command(["MGET"] + (0..<400).map { "key:\($0)" })
      #expect(try !client.call(command).value.isError)
    }
    let limit = try Self.used(client) - 500_000
    #expect(try client.call(["CONFIG", "SET", "maxmemory", "\(limit)"]).value.text == "OK")
    try BadInputTests.wait { try BadInputTests.figure("evicted_keys", "stats", client) ?? 0 >= 800 }
    #expect(try client.call("CONFIG SET maxmemory 0").value.text == "OK")
    #expect(try client.call(Command(["EXISTS"] + (0..<400).map { "key:\($0)" })).value.number ?? 0 > 390)
  }

  /// Keys that were looked at once are still asked for when their turn comes: they may have gone, or be others.
  @Test func keysThatChangeAreNotTakenForThoseThatWereThere() throws {
    let (process, client) = try Self.start("--maxmemory-policy", "volatile-ttl")
    defer { _ = process }
    func setAll(_ time: (Int) -> Int) throws {
      for index in 0..<500 {
        _ = try client.call(["SET", "key:\(index)", String(repeating: "x", count: 500), "EX", "\(time(index))"])
      }
    }
    func shrink(by count: Int) throws {
      let limit = try Self.used(client) - count * 550
      let before = try BadInputTests.figure("evicted_keys", "stats", client) ?? 0
      #expect(try client.call(["CONFIG", "SET", "maxmemory", "\(limit)"]).value.text == "OK")
      try BadInputTests.wait { try BadInputTests.figure("evicted_keys", "stats", client) ?? 0 >= before + count / 2 }
      #expect(try client.call("CONFIG SET maxmemory 0").value.text == "OK")
    }
    try setAll { 1000 + $0 }
    try shrink(by: 50)
    // Those that would have been next are last now, or have no time to live.
    try setAll { 100_000 - $0 * 100 }
    for index in 400..<500 { #expect(try client.call(["PERSIST", "key:\(index)"]).value.number == 1) }
    try shrink(by: 50)
    #expect(try client.call(Command(["EXISTS"] + (400..<500).map { "key:\($0)" })).value.number == 100)
    #expect(try client.call(Command(["EXISTS"] + (0..<100).map { "key:\($0)" })).value.number ?? 0 > 90)
  }
}
