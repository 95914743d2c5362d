import ConformanceSupport
import Testing

/// Keys that are moved between servers: from and to redis-server, and between two of ours, with the replies and the
/// effects that two of redis-server have.
@Suite struct MigrateTests {
  /// A server that says something, `source` or `target`, and what; `PORT` is that of the target.
  private struct Step: ExpressibleByStringLiteral {
    let isOfTarget: Bool
    let command: String

    init(stringLiteral line: String) {
      isOfTarget = line.hasPrefix("target: ")
      command = String(line.dropFirst("target: ".count))
    }
  }

  private static let steps: [Step] = [
    // One key.
    "source: SET a x", "source: MIGRATE 127.0.0.1 PORT a 0 5000", "source: EXISTS a", "target: GET a",
    "source: SET a y", "source: MIGRATE 127.0.0.1 PORT a 0 5000", "source: GET a", "target: GET a",
    "source: MIGRATE 127.0.0.1 PORT a 0 5000 COPY REPLACE", "source: GET a", "target: GET a",
    "source: MIGRATE 127.0.0.1 PORT a 0 5000 REPLACE", "source: EXISTS a",
    // Into another database, and one that is not there.
    "source: SET b x", "source: MIGRATE 127.0.0.1 PORT b 3 5000 COPY", "target: SELECT 3", "target: GET b",
    "target: SELECT 0", "target: EXISTS b", "source: MIGRATE 127.0.0.1 PORT b 99 5000",
    "source: MIGRATE 127.0.0.1 PORT b 0 5000", "target: GET b",
    // All types, times to live, several keys of which some are not there or are twice.
    "source: RPUSH list a b 3", "source: HSET hash f v g 7", "source: ZADD zset 1.5 a 2 b", "source: SADD set x y z",
    "source: XADD stream 1-1 f v", "source: XGROUP CREATE stream g 0", "source: PFADD hll a b c",
    "source: SET time x PX 100000000",
    "source: MIGRATE 127.0.0.1 PORT \"\" 0 5000 KEYS list hash zset set stream hll time absent",
    "source: DBSIZE", "target: LRANGE list 0 -1", "target: HGETALL hash", "target: ZRANGE zset 0 -1 WITHSCORES",
    "target: SCARD set", "target: XINFO STREAM stream", "target: XINFO GROUPS stream", "target: PFCOUNT hll",
    "target: EXPIRE time 200000 GT", "target: EXPIRE time 50000 LT",
    "source: MSET p 1 q 2 r 3", "target: SET q there",
    "source: MIGRATE 127.0.0.1 PORT \"\" 0 5000 KEYS p q r p", "source: MGET p q r", "target: MGET p q r",
    "source: MIGRATE 127.0.0.1 PORT \"\" 0 5000 REPLACE KEYS q q", "source: EXISTS q", "target: GET q",
    // In a transaction and in a script.
    "source: SET c x", "source: MULTI", "source: MIGRATE 127.0.0.1 PORT c 0 5000", "source: EXISTS c", "source: EXEC",
    "source: SET d x", "source: EVAL \"return redis.call('migrate', '127.0.0.1', 'PORT', 'd', '0', '5000')\" 0",
    "target: MGET c d",
    // Passwords, which are shown to nobody.
    "source: SET e x", "source: MIGRATE 127.0.0.1 PORT e 0 5000 AUTH none", "target: CONFIG SET requirepass secret",
    "source: CONFIG SET slowlog-log-slower-than 0", "source: MIGRATE 127.0.0.1 PORT e 0 5000 AUTH wrong",
    "source: MIGRATE 127.0.0.1 PORT e 0 5000 AUTH2 someone wrong", "source: CONFIG SET slowlog-log-slower-than -1",
    "source: MIGRATE 127.0.0.1 PORT e 0 5000 AUTH secret COPY",
    "source: MIGRATE 127.0.0.1 PORT e 0 5000 AUTH2 default secret REPLACE", "source: EXISTS e", "target: GET e",
    "target: CONFIG SET requirepass \"\"",
    // A connection that the other side has ended is opened again.
    "source: SET f x", "target: CLIENT KILL TYPE normal SKIPME yes", "source: MIGRATE 127.0.0.1 PORT f 0 5000",
    "target: GET f",
  ]

  /// The replies, and the commands that the source's append-only file has.
  private static func play(from source: ServerBinary, to target: ServerBinary) throws -> (
    replies: [String], journal: [String]
  ) {
    let arguments = ["--appendonly", "yes", "--appendfsync", "always", "--aof-use-rdb-preamble", "no"]
    let (one, other) = (try ServerProcess(source, arguments: arguments), try ServerProcess(target))
    let (client, otherClient) = (try one.connect(), try other.connect())
    var replies: [String] = []
    for step in steps {
      let command = step.command.replacing("PORT", with: "\(other.port)")
      let reply = try (step.isOfTarget ? otherClient : client).call(Command(line: command))
      replies.append("\(step.command) \(reply)")
    }
    // Passwords among the arguments of slow commands.
    let log = try client.call("SLOWLOG GET 10").description
    replies.append("wrong \(log.contains("wrong")), redacted \(log.contains("(redacted)"))")
    let journal = one.journal.filter { !$0.contains("PXAT") && !$0.contains("\(other.port)") }
    return (replies, journal)
  }

  @Test(.enabled(if: ServerBinary.oracle() != nil, "\(ConformanceRunner.oracleNotice)"))
  func movesAsRedisDoes() throws {
    let oracle = try #require(ServerBinary.oracle())
    let ours = ServerBinary.underTest()
    let expected = try Self.play(from: oracle, to: oracle)
    for (source, target) in [(ours, oracle), (oracle, ours), (ours, ours)] {
      let played = try Self.play(from: source, to: target)
      for (actual, expected) in zip(played.replies, expected.replies) {
        #expect(actual == expected, "from \(source.path) to \(target.path)")
      }
      #expect(played.journal == expected.journal, "of \(source.path)")
    }
  }

  /// Someone who does not answer is waited for as long as was said, and nothing is lost.
  @Test func givesUp() throws {
    let (source, target) = (try ServerProcess(.underTest()), try ServerProcess(.underTest()))
    let (client, other) = (try source.connect(), try target.connect())
    _ = try client.call("MSET a x b y")
    try other.send("DEBUG SLEEP 1")
    _ = try client.call("DEBUG SLEEP 0.1")
    let reply = try client.call(["MIGRATE", "127.0.0.1", "\(target.port)", "a", "0", "50"])
    #expect(reply.value.text == "IOERR error or timeout reading to target instance")
    let value = try client.call("GET a")
    #expect(value.value.text == "x")
    _ = try other.receive()
    // What arrived late stands in the way.
    let again = try client.call(
      ["MIGRATE", "127.0.0.1", "\(target.port)", "", "0", "5000", "REPLACE", "KEYS", "a", "b"])
    #expect(again.value.text == "OK")
    let sockets = try client.call("INFO stats").value.text ?? ""
    #expect(sockets.contains("migrate_cached_sockets:1\r\n"))
    let values = try other.call("MGET a b")
    #expect(values.value.elements?.compactMap(\.text) == ["x", "y"])
  }
}
