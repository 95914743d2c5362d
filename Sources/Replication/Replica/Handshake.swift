import Containers
import ServerKernel

/// What a replica and its primary tell each other before the stream, or the data set, comes.
///
/// Each message is answered by one line: PING; then the password, and what the replica is, sent together; then PSYNC,
/// or SYNC where that is not understood.
final class Handshake {
  private enum Message {
    case ping, password, listeningPort, address, capabilities, synchronization
  }

  let connection: OutgoingConnection
  private unowned let link: PrimaryLink
  private let input = SharedBuffer(ByteBuffer())
  /// What was sent and not answered.
  private var expected: [Message] = []
  private var isOver = false

  /// The longest answer, bytes.
  private static let longestLine = 1024

  init(_ link: PrimaryLink, _ connection: OutgoingConnection) {
    self.link = link
    self.connection = connection
  }

  private var replication: Replication { link.replication }
  private var settings: ReplicationSettings { replication.settings }

  func begin() {
    send([[Array("PING".utf8)]], expecting: [.ping])
    if !isOver { connection.watch(for: .readable) { [unowned self] _ in arrived() } }
  }

  private func fail(_ reason: String) {
    isOver = true
    link.giveUp(reason)
  }

  /// Sends commands; they are small, so that a connection which does not take them is of no use.
  private func send(_ commands: [[[UInt8]]], expecting messages: [Message]) {
    var writer = CommandWriter()
    for command in commands {
      let name = command[0]
      writer.begin(name.bytes, arguments: command.count - 1)
      for word in command.dropFirst() { writer.argument(word.bytes) }
    }
    expected += messages
    if connection.send(writer.output.bytes) != .bytes(writer.output.count) {
      fail("Sending command to master in replication handshake: the connection does not take it")
    }
  }

  // MARK: Answers

  private func arrived() {
    link.lastHeard = link.server.unixSeconds
    let outcome = connection.read(into: &input.content, atMost: 4096)
    switch outcome {
    case .bytes: break
    case .nothing: return
    case .ended: return fail("Master closed the connection during the handshake")
    case .failed(let error): return fail("Error reading from the master during the handshake: \(error.text)")
    }
    let input = self.input
    while !isOver, let line = input.content.takeLine() { answered(line) }
    if !isOver && input.content.count > Self.longestLine { fail("Master sends an endless line during the handshake") }
  }

  private func answered(_ line: [UInt8]) {
    let text = String(decoding: line, as: UTF8.self)
    // Signs of life while the primary prepares what it sends.
    if expected.first == .synchronization && line.isEmpty { return }
    if expected.isEmpty { return fail("Master sends what it was not asked for: '\(text)'") }
    let isError = text.hasPrefix("-")
    switch expected.removeFirst() {
    case .ping:
      let isRefusal =
        text.hasPrefix("-NOAUTH") || text.hasPrefix("-NOPERM") || text.hasPrefix("-ERR operation not permitted")
      if !text.hasPrefix("+") && !isRefusal { return fail("Error reply to PING from master: '\(text)'") }
      Log.notice("Master replied to PING, replication can continue...")
      introduce()
    case .password: if isError { return fail("Unable to AUTH to MASTER: \(text)") }
    case .listeningPort: if isError { noteIgnorance("listening-port", text) }
    case .address: if isError { noteIgnorance("ip-address", text) }
    case .capabilities: if isError { noteIgnorance("capa", text) }
    case .synchronization: return synchronize(text)
    }
    if expected.isEmpty { askForStream() }
  }

  private func noteIgnorance(_ option: String, _ text: String) {
    Log.notice("(Non critical) Master does not understand REPLCONF \(option): \(text)")
  }

  // MARK: Messages

  private func introduce() {
    var commands: [[[UInt8]]] = []
    var messages: [Message] = []
    func add(_ message: Message, _ words: [[UInt8]]) {
      commands.append(words)
      messages.append(message)
    }
    if let password = settings.primaryPassword.value {
      let user = settings.primaryUser.value.map { [$0] } ?? []
      add(.password, [Array("AUTH".utf8)] + user + [password])
    }
    let port = settings.announcedPort.value > 0 ? settings.announcedPort.value : link.server.port
    add(.listeningPort, ["REPLCONF", "listening-port", "\(port)"].map { Array($0.utf8) })
    if let address = settings.announcedAddress.value {
      add(.address, ["REPLCONF", "ip-address"].map { Array($0.utf8) } + [address])
    }
    add(.capabilities, ["REPLCONF", "capa", "eof", "capa", "psync2"].map { Array($0.utf8) })
    send(commands, expecting: messages)
  }

  private func askForStream() {
    var name = "?"
    var offset: Int64 = -1
    if replication.resumeDatabase != nil {
      name = replication.identity.current
      offset = replication.stream.end.addingSaturated(1)
      Log.notice("Trying a partial resynchronization (request \(name):\(offset)).")
    } else {
      Log.notice("Partial resynchronization not possible (no cached master)")
    }
    let failover = replication.failover.isInProgress ? ["FAILOVER"] : []
    send([(["PSYNC", name, "\(offset)"] + failover).map { Array($0.utf8) }], expecting: [.synchronization])
  }

  // MARK: The answer to PSYNC

  private func synchronize(_ text: String) {
    let reply = SynchronizationReply(text)
    if replication.failover.isInProgress && !finishFailover(reply, text) { return }
    switch reply {
    case .full(let name, let offset):
      Log.notice("Full resync from master: \(name):\(offset)")
      handOver(start: IncomingTransfer.Start(name: name, offset: offset))
    case .proceed(let name) where replication.resumeDatabase != nil: proceed(name)
    case .malformed: fail("Master replied with wrong +FULLRESYNC syntax.")
    case .notNow: fail("Master is currently unable to PSYNC but should be in the future: \(text)")
    case .refused:
      if text.hasPrefix("-ERR") {
        Log.notice("Master does not support PSYNC or is in error state (reply: \(text))")
      } else {
        Log.warning("Unexpected reply to PSYNC from master: \(text)")
      }
      Log.notice("Retrying with SYNC...")
      send([[Array("SYNC".utf8)]], expecting: [])
      if !isOver { handOver(start: nil) }
    case .proceed, .unknown: fail("Unexpected reply to PSYNC from master: \(text)")
    }
  }

  /// The target of a failover answers; false when it refuses.
  private func finishFailover(_ reply: SynchronizationReply, _ text: String) -> Bool {
    switch reply {
    case .full, .malformed, .proceed:
      replication.failover.finish()
      return true
    case .notNow, .refused, .unknown:
      isOver = true
      Log.notice("The target of the failover refuses: \(text)")
      replication.failover.abort("Failover target rejected psync request")
      return false
    }
  }

  private func handOver(start: IncomingTransfer.Start?) {
    isOver = true
    connection.pause()
    link.receive(connection, input, start: start)
  }

  private func proceed(_ name: String?) {
    Log.notice("Successful partial resynchronization with master.")
    if let name, name != replication.identity.current {
      replication.identity.follow(name, from: replication.stream.end)
      Log.warning("Master replication ID changed to \(name)")
      // They learn of the new name when they come back.
      replication.replicas.disconnectAll()
    }
    isOver = true
    connection.pause()
    let input = self.input
    Log.notice("MASTER <-> REPLICA sync: Master accepted a Partial Resynchronization.")
    link.proceed(connection, input.content.bytes, database: replication.resumeDatabase ?? 0)
  }
}
