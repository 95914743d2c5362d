import ConformanceSupport
import Testing

/// Figures of INFO and MEMORY that move with what the server does, and events of the latency monitor.
@Suite struct FigureTests {
  /// The names of INFO's sections and fields, in order; those of single commands and errors aside.
  static func fields(_ binary: ServerBinary) throws -> [String] {
    let process = try ServerProcess(binary, arguments: ["--appendonly", "no"])
    let client = try process.connect()
    for command: Command in ["SET a 1", "FOO"] { _ = try client.call(command) }
    let text = try client.call("INFO everything").value.text ?? ""
    return text.split(whereSeparator: \.isNewline).map { String($0.prefix { $0 != ":" }) }
      .filter { !$0.hasPrefix("cmdstat_") && !$0.hasPrefix("latency_percentiles") }
  }

  @Test(.disabled(if: ServerBinary.hasIOThreads, "there are fields of each thread"))
  func infoHasTheFieldsOfRedisInItsOrder() throws {
    guard let oracle = ServerBinary.oracle() else { return print(ConformanceRunner.oracleNotice) }
    #expect(try Self.fields(.underTest()) == Self.fields(oracle))
  }

  @Test func theExpiryCycleIsWatchedAndCounted() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    for command: Command in ["CONFIG SET latency-monitor-threshold 1", "DEBUG SET-ACTIVE-EXPIRE 0"] {
      #expect(try client.call(command).value.text == "OK")
    }
    // So many that a cycle takes several slices, and a database that comes after them.
    let count = 100_000
    for index in 0..<count - 1 { try client.send(["SET", "key:\(index)", "x", "PX", "1"]) }
    for command: Command in ["SELECT 9", "SET late x PX 1"] { try client.send(command) }
    for _ in 0..<count + 1 { _ = try client.receive() }
    #expect(try client.call("DEBUG SET-ACTIVE-EXPIRE 1").value.text == "OK")
    try BadInputTests.wait { try BadInputTests.figure("expired_keys", "stats", client) == count }
    #expect(try client.call("INFO keyspace").value.text?.contains("db") == false)
    try BadInputTests.wait { try client.call("LATENCY HISTORY expire-cycle").value.elements?.isEmpty == false }
    // Counted when the cycle ends.
    try BadInputTests.wait { try BadInputTests.figure("expire_cycle_cpu_milliseconds", "stats", client) ?? 0 > 0 }
    let stale = try client.call("INFO stats").value.text?.split(whereSeparator: \.isNewline)
      .first { $0.hasPrefix("expired_stale_perc:") }
    #expect(stale != nil && stale != "expired_stale_perc:0.00")
  }

  @Test func memoryAboveItsLimitIsCounted() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    _ = try client.call("SET a 1")
    #expect(try client.call("CONFIG SET maxmemory 1").value.text == "OK")
    #expect(try client.call("SET b 1").value.isError)
    try BadInputTests.wait {
      try BadInputTests.figure("current_eviction_exceeded_time", "stats", client) ?? 0 > 0
    }
    #expect(try client.call("CONFIG SET maxmemory 0").value.text == "OK")
    #expect(try BadInputTests.figure("current_eviction_exceeded_time", "stats", client) == 0)
    #expect(try BadInputTests.figure("total_eviction_exceeded_time", "stats", client) ?? 0 > 0)
    #expect(try client.call("CONFIG RESETSTAT").value.text == "OK")
    #expect(try BadInputTests.figure("total_eviction_exceeded_time", "stats", client) == 0)
  }

  /// Values of all sizes, from the slab heap and from malloc, take their size and not twice as much.
  @Test(arguments: [100, 700, 2000, 100_000])
  func memoryOfFieldsIsCountedOnce(size: Int) throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    let before = try #require(try BadInputTests.figure("used_memory", "memory", client))
    let total = 10_000_000
    let value = String(repeating: "x", count: size)
    for index in 0..<total / size {
      #expect(try client.call(["HSET", "hash", "field:\(index)", value]).value.number == 1)
    }
    let taken = try #require(try BadInputTests.figure("used_memory", "memory", client)) - before
    #expect(taken > total && taken < total * 17 / 10, "\(taken) bytes")
  }

  @Test func whatIsFreedLaterIsCounted() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    _ = try client.call("DEBUG POPULATE 10000")
    #expect(try client.call("FLUSHALL ASYNC").value.text == "OK")
    for index in 0..<1000 { try client.send(["HSET", "hash", "field:\(index)", "value"]) }
    for _ in 0..<1000 { _ = try client.receive() }
    _ = try client.call("UNLINK hash")
    // Few keys as well, since one of them can be large.
    _ = try client.call("MSET a 1 b 2")
    #expect(try client.call("FLUSHDB ASYNC").value.text == "OK")
    try BadInputTests.wait { try BadInputTests.figure("lazyfree_pending_objects", "memory", client) == 0 }
    #expect(try BadInputTests.figure("lazyfreed_objects", "memory", client) == 10_003)
    #expect(try client.call("CONFIG RESETSTAT").value.text == "OK")
    #expect(try BadInputTests.figure("lazyfreed_objects", "memory", client) == 0)
  }

  @Test func tablesTellOfTheirChains() throws {
    let process = try ServerProcess(.underTest(), arguments: ["--appendonly", "no"])
    let client = try process.connect()
    _ = try client.call("DEBUG POPULATE 1000")
    for index in 0..<1000 { try client.send(["HSET", "hash", "field:\(index)", "value"]) }
    for _ in 0..<1000 { _ = try client.receive() }
    for command: Command in ["DEBUG HTSTATS 0", "DEBUG HTSTATS-KEY hash"] {
      let text = try client.call(command).value.text ?? ""
      let elements = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix(" number of elements: ") }
        .compactMap { Int($0.dropFirst(21)) }
      #expect(elements.reduce(0, +) == (command.words.count == 3 && text.hasPrefix("[") ? 1001 : 1000))
      #expect(text.contains(" max chain length: ") && text.contains(" Chain length distribution:\n"))
    }
  }
}
