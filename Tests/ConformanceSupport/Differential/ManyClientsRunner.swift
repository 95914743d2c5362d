/// Lets several clients send random commands, many of which block, to a server and to a real redis-server in lock-step:
/// after every command the same clients must wait, and those who were served must have got the same, in the same order.
///
/// A template of the grammar may hold several commands, which one client sends one after another: `MULTI ; LPUSH k v ;
/// EXEC`. A command that blocks waits for ever, but for those with the word `0.01`, which end before anybody goes on.
/// From time to time a client is unblocked, killed, or goes away and comes back.
public struct ManyClientsRunner: Sendable {
  public var server: ServerBinary
  public var oracle: ServerBinary
  public var grammar: CommandGrammar
  public var clientCount = 6

  public init(grammar: CommandGrammar, server: ServerBinary = .underTest(), oracle: ServerBinary) {
    self.grammar = grammar
    self.server = server
    self.oracle = oracle
  }

  /// Runs one sequence; nil when the two servers always agreed, and the data set is the same after a restart; else what
  /// differed, what led to it, and the seed. The seed is chosen as by `DifferentialRunner`.
  public func run(steps: Int, seed: UInt64) throws(ConformanceError) -> String? {
    let seed = DifferentialRunner.seed(seed)
    var run = ManyClientsRun(
      ours: try Side(server, ["--appendonly", "yes"], clientCount, version: seed % 2 == 0 ? 2 : 3),
      theirs: try Side(oracle, [], clientCount, version: seed % 2 == 0 ? 2 : 3), random: SeededGenerator(seed: seed))
    let difference: String?
    do throws(ConformanceError) {
      difference = try run.play(steps, grammar)
    } catch {
      difference = "\(error)\n\(run.ours.server.log.suffix(2000))"
    }
    guard let difference else { return nil }
    let history = run.history.suffix(40).map { "\n  \($0)" }.joined()
    return "\(difference)\nafter:\(history)\nrepeat with \(DifferentialRunner.seedVariable)=\(seed)"
  }
}

/// What is told of a sequence where it fails; it is put into words only then, since that takes time.
private enum HistoryEntry: CustomStringConvertible {
  case sent(Command, client: Int)
  case outcome(RESPReply?, client: Int)
  case event(String)

  var description: String {
    switch self {
    case .sent(let command, let client): "\(client): \(command)"
    case .outcome(let reply, let client): "  \(client) \(reply.map { "gets \($0)" } ?? "waits")"
    case .event(let text): text
    }
  }
}

/// A sequence in progress.
private struct ManyClientsRun {
  var ours: Side
  var theirs: Side
  var random: SeededGenerator
  /// Clients that wait in a blocking command, on both servers.
  var waiting: Set<Int> = []
  var history: [HistoryEntry] = []

  mutating func play(_ steps: Int, _ grammar: CommandGrammar) throws(ConformanceError) -> String? {
    for _ in 0..<steps {
      let idle = ours.clients.indices.filter { !waiting.contains($0) }
      if idle.isEmpty || Int.random(in: 0..<20, using: &random) == 0 {
        if let difference = try disturb() { return difference }
        continue
      }
      let client = idle.randomElement(using: &random)!
      let words = grammar.command(using: &random).words
      for words in words.split(separator: Array(";".utf8)) {
        if let difference = try send(Command(Array(words)), by: client) { return difference }
      }
    }
    let digest = try ours.control.call("DEBUG DIGEST").value
    if try digest != theirs.control.call("DEBUG DIGEST").value { return "the data sets differ in the end" }
    try ours.server.restart()
    let loaded = try ours.server.connect().call("DEBUG DIGEST").value
    return loaded == digest ? nil : "the data set is another one after a restart"
  }

  /// A client sends a command; it gets a reply or waits, and others may be served.
  private mutating func send(_ command: Command, by client: Int) throws(ConformanceError) -> String? {
    history.append(.sent(command, client: client))
    let endsByItself = command.words.contains(Array("0.01".utf8))
    try ours.clients[client].connection.send(command)
    try theirs.clients[client].connection.send(command)
    let expected = try theirs.outcome(client, endsByItself)
    let actual = try ours.outcome(client, endsByItself)
    if let detail = difference(actual, expected, client) { return detail }
    let served = try serve()
    if expected == nil { waiting.insert(client) }
    return served
  }

  /// Something happens to a client from outside.
  private mutating func disturb() throws(ConformanceError) -> String? {
    let pool = waiting.isEmpty ? Array(ours.clients.indices) : waiting.sorted()
    let client = pool.randomElement(using: &random)!
    switch Int.random(in: 0..<4, using: &random) {
    case 0:
      history.append(.event("client \(client) goes away"))
      try ours.replace(client, byKilling: false)
      try theirs.replace(client, byKilling: false)
      waiting.remove(client)
    case 1:
      history.append(.event("client \(client) is killed"))
      try ours.replace(client, byKilling: true)
      try theirs.replace(client, byKilling: true)
      waiting.remove(client)
    default:
      let reason = ["", "TIMEOUT", "ERROR"].randomElement(using: &random)!
      history.append(.event("CLIENT UNBLOCK of \(client) \(reason)"))
      let actual = try ours.unblock(client, reason)
      let expected = try theirs.unblock(client, reason)
      if let detail = difference(actual, expected, client) { return detail }
    }
    return try serve()
  }

  /// Takes the replies of those who waited and wait no longer.
  private mutating func serve() throws(ConformanceError) -> String? {
    if waiting.isEmpty { return nil }
    let blocked = try (ours.blocked(), theirs.blocked())
    for client in waiting.sorted() {
      let isServed = !blocked.0.contains(ours.clients[client].id)
      if isServed == blocked.1.contains(theirs.clients[client].id) {
        return "client \(client) \(isServed ? "is served" : "waits"), which is wrong"
      }
      if !isServed { continue }
      waiting.remove(client)
      let actual = try ours.clients[client].connection.receive()
      let expected = try theirs.clients[client].connection.receive()
      if let detail = difference(actual, expected, client) { return detail }
    }
    return nil
  }

  private mutating func difference(_ actual: RESPReply?, _ expected: RESPReply?, _ client: Int) -> String? {
    history.append(.outcome(expected, client: client))
    if actual?.raw == expected?.raw { return nil }
    return "client \(client) \(actual.map { "gets \($0)" } ?? "waits"), expected: \(history.last!)"
  }
}

private let whoIsThere: Command = "CLIENT LIST"

/// One of the two servers, and its clients.
private struct Side {
  let server: ServerProcess
  let version: Int
  let control: RESPClient
  var clients: [(connection: RESPClient, id: String)] = []

  init(_ binary: ServerBinary, _ arguments: [String], _ count: Int, version: Int) throws(ConformanceError) {
    server = try ServerProcess(binary, arguments: arguments)
    self.version = version
    control = try server.connect()
    for _ in 0..<count { clients.append(try connect()) }
  }

  private func connect() throws(ConformanceError) -> (RESPClient, String) {
    let connection = try server.connect(protocolVersion: version)
    return (connection, "\(Int(try connection.call("CLIENT ID").value.number ?? 0))")
  }

  /// The reply to what a client sent; nil when it waits instead.
  func outcome(_ client: Int, _ endsByItself: Bool) throws(ConformanceError) -> RESPReply? {
    let (connection, id) = clients[client]
    if endsByItself { return try connection.receive() }
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if let reply = try connection.receive(within: .milliseconds(2)) { return reply }
      // Nobody else is about to send anything, so who waits now goes on waiting.
      if try blocked().contains(id) { return nil }
    }
    throw ConformanceError("client \(client) neither gets a reply nor waits")
  }

  /// The ids of the clients that wait.
  func blocked() throws(ConformanceError) -> Set<String> {
    try Set(list().filter { $0.isBlocked }.map(\.id))
  }

  /// Each client's fields `id`, which is the first, and `flags`.
  private func list() throws(ConformanceError) -> [(id: String, isBlocked: Bool)] {
    guard case .bulk(let text) = try control.call(whoIsThere).value else { return [] }
    let flags = Array("flags=".utf8)
    var clients: [(id: String, isBlocked: Bool)] = []
    var field = 0
    while field < text.count, let end = firstIndex(of: UInt8(ascii: "\n"), in: text, from: field) {
      let idEnd = firstIndex(of: UInt8(ascii: " "), in: text, from: field) ?? end
      let id = String(decoding: text[(field + 3)..<idEnd], as: UTF8.self)
      while field < end, Array(text[field..<min(field + flags.count, end)]) != flags {
        field = (firstIndex(of: UInt8(ascii: " "), in: text, from: field) ?? end) + 1
      }
      let flagsEnd = firstIndex(of: UInt8(ascii: " "), in: text, from: field) ?? end
      clients.append((id, text[min(field, end)..<min(flagsEnd, end)].contains(UInt8(ascii: "b"))))
      field = end + 1
    }
    return clients
  }

  func unblock(_ client: Int, _ reason: String) throws(ConformanceError) -> RESPReply {
    try control.call(Command(["CLIENT", "UNBLOCK", clients[client].id] + (reason.isEmpty ? [] : [reason])))
  }

  /// Ends a client's connection, and puts another in its place when the server has noticed.
  mutating func replace(_ client: Int, byKilling: Bool) throws(ConformanceError) {
    let id = clients[client].id
    if byKilling { _ = try control.call(Command(["CLIENT", "KILL", "ID", id])) }
    clients[client].connection.close()
    let deadline = ContinuousClock.now + .seconds(60)
    while try list().contains(where: { $0.id == id }) {
      if ContinuousClock.now > deadline { throw ConformanceError("the server does not notice that a client left") }
    }
    clients[client] = try connect()
  }
}
