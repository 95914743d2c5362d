/// What several clients do in turn, and the replies they get: for commands that block.
///
/// A script is a list of lines, each of which names a client, made when it is first named:
///
///     a> BLPOP list 0     sends a command that blocks, and waits until the server counts a blocked client more
///     b: LPUSH list x     sends a command and takes its reply
///     a<                  takes a reply that came, or comes, without a command being sent
///     b~ PING             sends a command and leaves its reply
///     a!                  closes the connection, and waits until the server noticed
///     wait 20             waits so many milliseconds
///     kill a              has another client kill the connection
///
/// `$a` in a command stands for the id of client a.
public struct ClientScript: Sendable, CustomStringConvertible {
  public var name: String
  public var lines: [String]

  public init(_ name: String, _ lines: String...) {
    self.name = name
    self.lines = lines
  }

  public var description: String { name }

  /// Plays the script on an empty server; returns each reply behind the line that took it.
  public func play(_ server: ServerProcess, protocolVersion: Int = 2) throws(ConformanceError) -> [String] {
    var player = ScriptPlayer(server, protocolVersion, try server.connect())
    _ = try player.control.call("FLUSHALL")
    for line in lines { try player.play(line) }
    player.clients.removeAll()
    try player.wait { player throws(ConformanceError) in try player.count("connected_clients") == 1 }
    return player.replies
  }

  /// Plays the script, kills the server, which keeps an append-only file, and starts it again; returns the keys that
  /// are not as they were.
  public func differencesAfterCrash(_ server: ServerProcess) throws(ConformanceError) -> [String] {
    _ = try play(server)
    let before = try DataSetDump(server.connect(), databases: 2)
    server.killNow()
    try server.start()
    return try DataSetDump(server.connect(), databases: 2).differences(from: before).map { "\($0.key) is \($0.detail)" }
  }
}

private struct ScriptPlayer {
  let server: ServerProcess
  let protocolVersion: Int
  let control: RESPClient
  var clients: [String: RESPClient] = [:]
  var ids: [String: String] = [:]
  var replies: [String] = []

  init(_ server: ServerProcess, _ protocolVersion: Int, _ control: RESPClient) {
    self.server = server
    self.protocolVersion = protocolVersion
    self.control = control
  }

  mutating func play(_ line: String) throws(ConformanceError) {
    if line.hasPrefix("wait ") { return pause(.milliseconds(Int(line.dropFirst(5)) ?? 0)) }
    if line.hasPrefix("kill ") {
      let name = String(line.dropFirst(5))
      _ = try control.call(["CLIENT", "KILL", "ID", ids[name] ?? "0"])
      clients[name] = nil
      return
    }
    guard let mark = line.firstIndex(where: { ":>~<!".contains($0) }) else {
      throw ConformanceError("a script has the line '\(line)'")
    }
    let name = String(line[..<mark])
    if line[mark] == "!" {
      let before = try count("connected_clients")
      clients[name] = nil
      return try wait { player throws(ConformanceError) in try player.count("connected_clients") < before }
    }
    let client = try self.client(name)
    var text = String(line[line.index(after: mark)...])
    for (name, id) in ids {
      text = text.split(separator: "$\(name)", omittingEmptySubsequences: false).joined(separator: id)
    }
    let command = Command(line: text)
    switch line[mark] {
    case ":": replies.append("\(line) -> \(try client.call(command))")
    case "~": try client.send(command)
    case "<":
      do throws(ConformanceError) { replies.append("\(line) \(try client.receive())") } catch {
        throw ConformanceError("\(line): \(error), after \(replies)")
      }
    case ">":
      let before = try count("blocked_clients")
      try client.send(command)
      try wait { player throws(ConformanceError) in try player.count("blocked_clients") > before }
    default: break
    }
  }

  private mutating func client(_ name: String) throws(ConformanceError) -> RESPClient {
    if let client = clients[name] { return client }
    let client = try server.connect(protocolVersion: protocolVersion)
    ids[name] = try client.call("CLIENT ID").value.number.map { "\(Int($0))" }
    clients[name] = client
    return client
  }

  /// A figure of INFO clients.
  func count(_ figure: String) throws(ConformanceError) -> Int {
    let info = try control.call("INFO clients").value.text ?? ""
    for line in info.split(whereSeparator: \.isNewline) where line.hasPrefix("\(figure):") {
      return Int(line.dropFirst(figure.count + 1)) ?? -1
    }
    throw ConformanceError("INFO clients has no \(figure)")
  }

  func wait(until condition: (ScriptPlayer) throws(ConformanceError) -> Bool) throws(ConformanceError) {
    let deadline = ContinuousClock.now + .seconds(5)
    while try !condition(self) {
      if ContinuousClock.now > deadline { throw ConformanceError("the server does not get there, after \(replies)") }
      pause(.milliseconds(1))
    }
  }
}
