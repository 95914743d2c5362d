import ConformanceSupport
import Testing

/// Every directive of Redis is known, with Redis' default.
@Suite struct DefaultsTests {
  /// What the tests themselves start the server with.
  static let given: Set = ["bind", "dir", "enable-debug-command", "enable-protected-configs", "port", "save"]

  /// Where goredis means to differ.
  static let deviations: [String: String] = [
    // Data that was acknowledged is not lost when nobody has configured anything.
    "appendonly": "yes",
    // Threads that send also read, as in Valkey and in later versions of Redis.
    "io-threads-do-reads": "yes",
  ]

  /// Directives that Redis does not have.
  static let additions: [String: String] = [
    // Snapshots are taken by the command thread in slices, where Redis forks.
    "snapshot-time-slice": "1000", "snapshot-cpu-share": "25",
    // Small sets of strings are packed, as they are since Redis 7.2, whose directives these are.
    "set-max-listpack-entries": "128", "set-max-listpack-value": "64", "lua-memory-limit": "0", "lua-library": "",
    // Later versions of the format can be written.
    "rdb-version": "10",
  ]

  @Test(.disabled(if: ServerBinary.hasIOThreads, "they are not all defaults"))
  func everyDirectiveHasTheDefaultOfRedis() throws {
    let process = try ServerProcess(.underTest())
    var expected = Self.additions
    for line in recordedDefaults.split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      expected[String(parts[0])] = String(parts[1])
    }
    expected.merge(Self.deviations) { $1 }
    var shown = try Self.configuration(of: process)
    for name in Self.given {
      expected[name] = nil
      #expect(shown.removeValue(forKey: name) != nil, "\(name) is not known")
    }
    for (name, value) in expected { #expect(shown[name] == value, "\(name)") }
    #expect(Set(shown.keys).subtracting(expected.keys) == [], "directives that Redis does not have")
  }

  private static func configuration(of process: ServerProcess) throws -> [String: String] {
    guard case .array(let items) = try process.connect().call("CONFIG GET *").value else { return [:] }
    var values: [String: String] = [:]
    for index in stride(from: 0, to: items.count - 1, by: 2) {
      values[items[index].text ?? ""] = items[index + 1].text ?? ""
    }
    return values
  }

  /// What some parameter or other takes as its largest or smallest value.
  static let extremes = [
    "9223372036854775807", "9223372036854775806", "2147483647", "4294967295", "1", "0", "-1", "-2147483648",
    "9007199254740993", "normal 9223372036854775807 9223372036854775807 2147483647", "9223372036854775807 1",
  ]

  @Test func itLivesWithTheExtremesOfEveryDirective() throws {
    let process = try ServerProcess(.underTest())
    let client = try process.connect()
    let words = try client.call("CONFIG GET *").value.elements?.compactMap(\.text) ?? []
    for index in stride(from: 0, to: words.count, by: 2) where !["port", "maxclients"].contains(words[index]) {
      for value in Self.extremes {
        guard try client.call(["CONFIG", "SET", words[index], value]).value.text == "OK" else { continue }
        for command: Command in ["SET a b PX 100", "GET a", "LATENCY DOCTOR", "SLOWLOG GET", "MEMORY DOCTOR", "INFO"] {
          _ = try client.call(command)
        }
        #expect(try client.call("PING").value.text == "PONG", "\(words[index]) \(value)")
      }
      _ = try client.call(["CONFIG", "SET", words[index], words[index + 1]])
    }
  }
}
