import Testing

@testable import ConformanceSupport

/// The runner on redis-server itself, and on one that has been made to answer wrongly.
@Suite(.serialized, .enabled(if: ServerBinary.oracle() != nil, "no redis-server 7.0 is installed"))
struct RunnerTests {
  static let redis = ServerBinary.oracle() ?? ServerBinary(path: "redis-server")
  /// Answers `LCS` with what it knows under another name: nothing.
  static let wrong = ServerBinary(path: redis.path, arguments: ["--rename-command", "LCS", ""])

  @Test func findsTheWrongReply() throws {
    let cases = [ConformanceCase("LCS of two", setup: ["MSET a abc b abd"], "GET a", "LCS a b")]
    let right = ConformanceRunner(cases: cases, server: Self.redis, oracle: Self.redis, transcript: "/dev/null")
    let wrong = ConformanceRunner(cases: cases, server: Self.wrong, oracle: Self.redis, transcript: "/dev/null")
    #expect(try right.differencesFromOracle(cases[0]).isEmpty)
    let found = try wrong.differencesFromOracle(cases[0]).map(\.description)
    #expect(found.count == 2)
    #expect(
      found.first == """
        LCS of two in RESP2:
          LCS a b
          replied -ERR unknown command 'LCS', with args beginning with: 'a' 'b' \\r\\n, expected $2\\r\\nab\\r\\n
        """)
  }

  @Test func findsUncoveredCommands() throws {
    let cases = [ConformanceCase("some", "PUBLISH a b", "PUBSUB NUMPAT")]
    let runner = ConformanceRunner(cases: cases, server: Self.redis, oracle: nil, transcript: "")
    let missing = try runner.commandsWithoutCase(groups: ["pubsub"])
    #expect(missing.contains("subscribe") && missing.contains("pubsub|channels"))
    #expect(!missing.contains("publish") && !missing.contains("pubsub|numpat"))
  }

  @Test func findsDifferencesAtRandom() throws {
    let grammar = CommandGrammar(
      keys: ["a", "b"], values: ["abc", "bcd"], templates: ["SET {key} {value}", "GET {key}", "LCS {key} {key}"])
    let same = DifferentialRunner(grammar: grammar, server: Self.redis, oracle: Self.redis)
    let different = DifferentialRunner(grammar: grammar, server: Self.wrong, oracle: Self.redis)
    #expect(try same.run(steps: 200, seed: 11) == nil)
    let message = try #require(try different.run(steps: 200, seed: 12))
    #expect(message.contains("LCS") && message.contains("CONFORMANCE_SEED="))
  }

  @Test func findsLostData() throws {
    // Started again, this one has forgotten everything: it removes the append-only files in its `--dir`.
    let script = "rm -rf \"$6/appendonlydir\"; exec \(Self.redis.path) \"$@\""
    let forgetful = ServerBinary(path: "/bin/sh", arguments: ["-c", script, "sh"])
    let cases = [ConformanceCase("a key", "SET key value"), ConformanceCase("no key", "GET key")]
    for (server, expected) in [(Self.redis, []), (forgetful, ["a key", "a key"])] {
      let runner = ConformanceRunner(cases: cases, server: server, oracle: nil, transcript: "")
      #expect(try runner.persistenceDifferences(cases).map(\.caseName) == expected)
    }
  }

  @Test func reportsAServerThatDoesNotStart() {
    #expect(throws: ConformanceError.self) { try ServerProcess(Self.redis, arguments: ["--no-such-option", "1"]) }
    #expect(throws: ConformanceError.self) { try ServerProcess(ServerBinary(path: "/nonexistent/server")) }
  }

  @Test func restartsAndLeavesNothingBehind() throws {
    var process: ServerProcess? = try ServerProcess(Self.redis, arguments: ["--appendonly", "yes"])
    let directory = process!.directory
    _ = try process!.connect().call("SET key value")
    let first = process!.processID!
    process!.killNow()
    try process!.start()
    #expect(try process!.connect(protocolVersion: 3).call("GET key").value == .bulk(Array("value".utf8)))
    let second = process!.processID!
    #expect(first != second)
    process = nil
    #expect(contents(of: "/proc/\(second)/stat") == nil)
    #expect(contents(of: directory + "/log") == nil)
  }

  @Test func keepsPushesApart() throws {
    let process = try ServerProcess(Self.redis)
    let subscriber = try process.connect(protocolVersion: 3)
    #expect(try subscriber.call("SUBSCRIBE news").value.typeName == "push")
    _ = try process.connect().call("PUBLISH news hello")
    #expect(try subscriber.call("PING").value == .simpleString(Array("PONG".utf8)))
    #expect(subscriber.pushes.map(\.value) == [.push(["message", "news", "hello"].map { .bulk(Array($0.utf8)) })])
  }
}
