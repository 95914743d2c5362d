/// Sends the same random commands to a server and to a real redis-server and compares every reply.
///
/// At a random moment the server is told to rewrite its append-only file, slowly enough for commands to meet it, and at
/// the end it is killed and started again: its data set must still be that of redis-server. Commands begin in database
/// 9 and should not go to 0, which holds what the rewrite has to write before it comes to theirs.
public struct DifferentialRunner: Sendable {
  public var server: ServerBinary
  public var oracle: ServerBinary
  public var grammar: CommandGrammar
  /// Keys that the rewrite has to write first. A server with assertions takes ten times as long for each.
  var ballast: Int

  public init(
    grammar: CommandGrammar, server: ServerBinary = .underTest(), oracle: ServerBinary, ballast: Int = 20_000
  ) {
    self.ballast = ballast
    self.grammar = grammar
    self.server = server
    self.oracle = oracle
  }

  /// The environment variable that repeats the sequence of a failed run.
  public static let seedVariable = "CONFORMANCE_SEED"

  /// The seed that the environment names, else the given one, else a random one.
  static func seed(_ given: UInt64?) -> UInt64 {
    environment(seedVariable).flatMap { UInt64($0) } ?? given ?? UInt64.random(in: 0...UInt64(UInt32.max))
  }

  /// Runs one sequence; nil when all replies and the data sets at the end agree, else what differed and the seed.
  ///
  /// The seed is `CONFORMANCE_SEED` where that is set, otherwise the given one, otherwise random.
  public func run(steps: Int, seed: UInt64? = nil) throws(ConformanceError) -> String? {
    let seed = DifferentialRunner.seed(seed)
    var random = SeededGenerator(seed: seed)
    // Both protocols deserve their share; the seed decides, so that a repetition speaks the same one.
    let version = seed % 2 == 0 ? 2 : 3
    // Under `no` whatever was answered was written, and no slow sync holds a write up: a kill loses nothing.
    let ours = try DifferentialSession(
      ServerProcess(server, arguments: ["--appendonly", "yes", "--appendfsync", "no"]),
      connections: grammar.connections, protocolVersion: version)
    let theirs = try DifferentialSession(
      ServerProcess(oracle), connections: grammar.connections, protocolVersion: version)
    let rewriteStep = Int.random(in: 1...steps, using: &random)
    let again = "repeat with \(DifferentialRunner.seedVariable)=\(seed)"

    var history: [(command: Command, replies: [RESPReply])] = []
    for step in 1...steps {
      let command = grammar.command(using: &random)
      let connection = Int.random(in: 0..<grammar.connections, using: &random)
      let expected = try theirs.call(command, on: connection)
      let actual: [[RESPReply]]
      do throws(ConformanceError) {
        actual = try ours.call(command, on: connection)
      } catch {
        throw ConformanceError("command \(step): \(error); \(again)\n\(ours.process.log.suffix(2000))")
      }
      history.append((command, expected[connection]))
      if step == rewriteStep { try beginRewrite(ours.process, theirs.process) }
      if let detail = difference(command, actual, expected) {
        return "command \(step) on connection \(connection) in RESP\(version):\n  \(command)\n  \(detail)\n\(again)"
          + leadingUp(to: command, history)
      }
    }
    let client = try ours.process.connect(), other = try theirs.process.connect()
    if let difference = try differences(client, other) {
      return "the data sets differ after \(steps) commands (database and key):\(difference)\n\(again)"
    }
    try ConformanceRunner.awaitRewrite(client)
    ours.process.killNow()
    try ours.process.start()
    if let difference = try differences(ours.process.connect(), other) {
      return "the data sets differ after a rewrite, a kill and a restart (database and key):\(difference)\n\(again)"
    }
    return nil
  }

  /// Begins a rewrite in small steps that has much to do before it comes to the keys of the grammar.
  private func beginRewrite(_ ours: ServerProcess, _ theirs: ServerProcess) throws(ConformanceError) {
    let keeper = try ours.connect()
    for client in [keeper, try theirs.connect()] { _ = try client.call(["DEBUG", "POPULATE", "\(ballast)", "ballast"]) }
    // Of goredis only.
    _ = try keeper.call("CONFIG SET snapshot-time-slice 10")
    let reply = try keeper.call("BGREWRITEAOF")
    if reply.value.isError { throw ConformanceError("BGREWRITEAOF is answered with \(reply)") }
  }

  private func differences(_ client: RESPClient, _ other: RESPClient) throws(ConformanceError) -> String? {
    if try client.call("DEBUG DIGEST").value == other.call("DEBUG DIGEST").value { return nil }
    let differences = try DataSetDump(client, databases: 16).differences(
      from: DataSetDump(other, databases: 16))
    return differences.prefix(10).map { "\n  \($0.key): \($0.detail)" }.joined()
  }

  private func difference(_ command: Command, _ actual: [[RESPReply]], _ expected: [[RESPReply]]) -> String? {
    if grammar.connections == 1 {
      return (grammar.comparisons[command.name] ?? .exactBytes).difference(actual[0][0], expected[0][0])
    }
    for (connection, (ours, theirs)) in zip(actual, expected).enumerated() {
      let ours = ours.map(\.description).sorted(), theirs = theirs.map(\.description).sorted()
      if ours != theirs { return "connection \(connection) got \(ours), expected (in any order) \(theirs)" }
    }
    return nil
  }

  /// The latest commands that share an argument with the one that differed.
  private func leadingUp(to command: Command, _ history: [(command: Command, replies: [RESPReply])]) -> String {
    let keys = Set(command.words.dropFirst()).intersection(grammar.keys.map { Array($0.utf8) })
    let related = history.dropLast().filter { !keys.isDisjoint(with: $0.command.words.dropFirst()) }.suffix(8)
    let lines = related.map { "\n  \($0.command)  \($0.replies.map(\.description).joined(separator: " "))" }
    return related.isEmpty ? "" : "\nafter:" + lines.joined()
  }
}

/// A server and the connections that take turns with it.
private struct DifferentialSession {
  let process: ServerProcess
  private let clients: [RESPClient]

  init(_ process: ServerProcess, connections: Int, protocolVersion: Int) throws(ConformanceError) {
    self.process = process
    var clients: [RESPClient] = []
    for _ in 0..<connections {
      let client = try process.connect(protocolVersion: protocolVersion)
      // A snapshot comes to database 0 first.
      _ = try client.call("SELECT 9")
      clients.append(client)
    }
    self.clients = clients
  }

  /// Sends a command; returns what arrives on each connection until all of them have answered a PING sent afterwards.
  /// On a single one that is the reply, and the PING is spared.
  func call(_ command: Command, on connection: Int) throws(ConformanceError) -> [[RESPReply]] {
    if clients.count == 1 { return [[try clients[0].call(command)]] }
    try clients[connection].send(command)
    var arrived = [[RESPReply]](repeating: [], count: clients.count)
    // The one that sent the command first: what it causes elsewhere has then been sent.
    for index in [connection] + clients.indices.filter({ $0 != connection }) {
      try clients[index].send(["PING", DifferentialSession.mark])
      while true {
        let reply = try clients[index].receive()
        if [reply.value.text, reply.value.elements?.last?.text].contains(DifferentialSession.mark) { break }
        arrived[index].append(reply)
      }
    }
    return arrived
  }

  private static let mark = "end of replies"
}
