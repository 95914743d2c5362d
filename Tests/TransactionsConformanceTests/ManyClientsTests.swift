import ConformanceSupport
import Testing

/// What clients do to one another's transactions, step by step against redis-server.
@Suite(.serialized, .enabled(if: ServerBinary.oracle() != nil, "\(ConformanceRunner.oracleNotice)"))
struct ManyClientsTests {
  /// A command and the client that sends it.
  struct Step: Sendable, CustomStringConvertible {
    var client: Int
    var command: Command

    init(_ client: Int, _ command: Command) {
      self.client = client
      self.command = command
    }

    var description: String { "client \(client): \(command)" }
  }

  static let scenarios: [String: [Step]] = [
    "another client changes a watched key": [
      Step(0, "WATCH a"), Step(1, "SET a 1"), Step(0, "MULTI"), Step(0, "SET a 2"), Step(0, "EXEC"), Step(0, "GET a"),
    ],
    "another client changes a watched key inside MULTI": [
      Step(0, "WATCH a"), Step(0, "MULTI"), Step(0, "SET a 2"), Step(1, "INCR a"), Step(0, "EXEC"), Step(0, "GET a"),
    ],
    "a transaction changes what another watches": [
      Step(0, "WATCH a"), Step(1, "MULTI"), Step(1, "SET a 1"), Step(1, "EXEC"), Step(0, "MULTI"), Step(0, "EXEC"),
    ],
    "several clients watch": [
      Step(0, "WATCH a b"), Step(1, "WATCH b"), Step(2, "SET b 1"), Step(0, "MULTI"), Step(1, "MULTI"),
      Step(0, "EXEC"), Step(1, "EXEC"), Step(0, "MULTI"), Step(0, "EXEC"),
    ],
    "FLUSHDB of a database without the key": [
      Step(0, "WATCH a"), Step(1, "SET b 1"), Step(1, "FLUSHDB"), Step(0, "MULTI"), Step(0, "PING"), Step(0, "EXEC"),
    ],
    "FLUSHALL": [
      Step(0, "SET a 1"), Step(0, "WATCH a"), Step(1, "SELECT 3"), Step(1, "FLUSHALL"), Step(0, "MULTI"),
      Step(0, "PING"), Step(0, "EXEC"),
    ],
    "MOVE and COPY to the watched key": [
      Step(0, "SELECT 2"), Step(0, "WATCH a"), Step(1, "SET a 1"), Step(1, "MOVE a 2"), Step(0, "MULTI"),
      Step(0, "EXEC"), Step(0, "WATCH b"), Step(1, "SET a 1"), Step(1, "COPY a b DB 2"), Step(0, "MULTI"),
      Step(0, "EXEC"),
    ],
    "an expired key that another client removes": [
      Step(0, "SET a 1 PXAT 1"), Step(0, "WATCH a"), Step(1, "GET a"), Step(0, "MULTI"), Step(0, "PING"),
      Step(0, "EXEC"), Step(0, "WATCH a"), Step(1, "SET a 1 PXAT 1"), Step(0, "MULTI"), Step(0, "EXEC"),
    ],
    "another client sees all or nothing": [
      Step(0, "MULTI"), Step(0, "SET a 1"), Step(1, "GET a"), Step(0, "INCR a"), Step(0, "EXEC"), Step(1, "GET a"),
    ],
    "no memory": [
      Step(0, "SET a 1"), Step(0, "MULTI"), Step(0, "SET a 2"), Step(1, "CONFIG SET maxmemory 1"), Step(0, "EXEC"),
      Step(0, "GET a"), Step(0, "MULTI"), Step(0, "GET a"), Step(0, "EXEC"), Step(0, "EXEC"),
      Step(1, "CONFIG SET maxmemory 0"), Step(0, "MULTI"), Step(0, "GET a"), Step(1, "CONFIG SET maxmemory 1"),
      Step(0, "EXEC"), Step(1, "CONFIG SET maxmemory 0"), Step(0, "GET a"),
    ],
  ]

  @Test(arguments: scenarios.keys.sorted())
  func agreesWithRedis(_ name: String) throws {
    let steps = Self.scenarios[name]!
    for version in [2, 3] {
      let ours = try replies(of: .underTest(), to: steps, version)
      let theirs = try replies(of: ServerBinary.oracle()!, to: steps, version)
      for (index, step) in steps.enumerated() {
        #expect(ours[index] == theirs[index], "\(name) in RESP\(version), \(step)")
      }
    }
  }

  private func replies(of binary: ServerBinary, to steps: [Step], _ version: Int) throws -> [String] {
    let server = try ServerProcess(binary)
    let clients = try (0..<3).map { _ in try server.connect(protocolVersion: version) }
    return try steps.map { try clients[$0.client].call($0.command).description }
  }
}
