import Containers
import Persistence
import ServerKernel

/// A replica's link to its primary: from the connection over the handshake and, where it is needed, the transfer of the
/// data set, to the stream.
///
///     idle -> connecting -> handshake -> receiving -> loading -> connected
///                               \_______________________________/
///
/// What goes wrong leads back to idle, and is tried again a second later. What it knows of the stream, its identity and
/// its offset, outlives it in `Replication`.
final class PrimaryLink {
  enum Phase {
    case idle
    case connecting(OutgoingConnection)
    case handshake(Handshake)
    /// The data set arrives.
    case receiving(IncomingTransfer)
    case loading(IncomingTransfer)
    /// The stream arrives.
    case connected(Client)
  }

  /// What the primary can be told of how far this server is.
  enum Offsets {
    case known
    /// It was not asked with an offset, and is told that this server is there.
    case unknown
    /// It understands nothing of the kind.
    case none
  }

  unowned let replication: Replication
  let source: ReplicationSource
  private(set) var phase = Phase.idle { didSet { replication.updateReplicaState() } }
  /// What was executed of a transaction whose end has not come: it counts when that has.
  private let unit = SharedBuffer(ByteBuffer())
  /// The primary asked for the offset.
  var mustTellOffset = false
  private var offsets = Offsets.known
  /// When something was last heard of the primary, Unix seconds, while it is no client.
  var lastHeard: Int64 = 0
  /// When the link was lost, Unix seconds; nil when it never stood.
  private(set) var downSince: Int64?
  /// What of the stream is on disk.
  private var durable = DurableOffset()
  /// When the stream began to arrive, Unix seconds.
  private var connectedAt: Int64 = 0

  init(_ replication: Replication, to source: ReplicationSource) {
    self.replication = replication
    self.source = source
  }

  var server: Server { replication.server }
  private var timeout: Int64 { Int64(replication.settings.timeout.value) }

  /// Whether the stream arrives.
  var isConnected: Bool { client.map { !$0.isClosing } ?? false }

  /// Bytes that were executed and do not count yet.
  var uncounted: Int { unit.content.count }

  /// The client whose commands the stream is.
  var client: Client? { if case .connected(let client) = phase { client } else { nil } }

  // MARK: Coming about

  /// Begins to connect.
  func connect() {
    Log.notice("Connecting to MASTER \(source.name)")
    let connection = OutgoingConnection(server)
    phase = .connecting(connection)
    lastHeard = server.unixSeconds
    Log.notice("MASTER <-> REPLICA sync started")
    connection.connect(to: String(decoding: source.host ?? [], as: UTF8.self), port: source.port) {
      [unowned self] error in
      if let error { return giveUp("Error condition on socket for SYNC: \(error)") }
      Log.notice("Non blocking connect for SYNC fired the event.")
      let handshake = Handshake(self, connection)
      phase = .handshake(handshake)
      handshake.begin()
    }
  }

  /// The primary sends the data set: `start` is where the stream goes on behind it. Until it is loaded the former
  /// primary can still be gone on with.
  func receive(_ connection: OutgoingConnection, _ input: SharedBuffer, start: IncomingTransfer.Start?) {
    lastHeard = server.unixSeconds
    let transfer = IncomingTransfer(self, connection, input, start: start)
    phase = .receiving(transfer)
    transfer.begin()
  }

  /// The data set has arrived, or arrives, and is loaded when nothing else goes on.
  func load(_ transfer: IncomingTransfer, after milliseconds: Int64 = 0) {
    phase = .loading(transfer)
    server.timers.add(milliseconds: milliseconds) { [weak self, weak transfer] server in
      guard let self, let transfer, case .loading(let present) = phase, present === transfer else { return }
      let mustWait = server.isLoading || transfer.loadsBeside && server.isSnapshotting
      if mustWait { load(transfer, after: 20) } else { transfer.load() }
    }
  }

  /// The stream goes on where this server is, with the bytes of `input`.
  func proceed(
    _ connection: OutgoingConnection, _ input: borrowing Bytes, database: Int, offsets: Offsets = .known
  ) {
    self.offsets = offsets
    unit.content.removeAll(keepingCapacityUpTo: 64 << 10)
    mustTellOffset = false
    guard let client = server.obey(self, connection, input: input, database: database) else {
      return giveUp("The connection to the primary cannot be watched")
    }
    downSince = nil
    connectedAt = server.unixSeconds
    replication.stream.open(takingEffects: false)
    phase = .connected(client)
  }

  // MARK: Going

  /// Ends an attempt that came to nothing; the next is a second later.
  func giveUp(_ reason: String) {
    Log.warning(reason)
    endAttempt()
  }

  /// The same when a load failed, unless the attempt that it was part of has ended before; `triesAgain` at once.
  func giveUp(_ transfer: IncomingTransfer, _ reason: String, triesAgain: Bool) {
    guard case .loading(let present) = phase, present === transfer else { return Log.warning(reason) }
    giveUp(reason)
    if !triesAgain { return }
    Log.notice("Reconnecting to MASTER \(source.name) after failure")
    connect()
  }

  private func endAttempt() {
    switch phase {
    case .idle, .connected: break
    case .connecting(let connection): connection.close()
    case .handshake(let handshake): handshake.connection.close()
    case .receiving(let transfer), .loading(let transfer): transfer.discard()
    }
    phase = .idle
  }

  /// The primary is followed no longer.
  func end() {
    if let client {
      noteEnd(of: client)
      phase = .idle
      client.close()
    } else {
      endAttempt()
    }
  }

  private func noteEnd(of client: Client) {
    unit.content.removeAll(keepingCapacityUpTo: 64 << 10)
    if offsets != .known || client.isClosing && hasBrokenProtocol {
      replication.resumeDatabase = nil
    } else {
      Log.notice("Caching the disconnected master state.")
      replication.resumeDatabase = client.databaseNumber
    }
  }

  private var hasBrokenProtocol = false

  /// A client is gone: if it was the primary, the link is tried anew, at once unless it has just come about.
  func remove(_ gone: Client) {
    guard client == gone else { return }
    Log.warning("Connection with master lost.")
    noteEnd(of: gone)
    hasBrokenProtocol = false
    downSince = server.unixSeconds
    phase = .idle
    if server.unixSeconds - connectedAt < 1 { return }
    Log.notice("Reconnecting to MASTER \(source.name)")
    connect()
  }

  // MARK: Upkeep

  /// Called once a second.
  func tick() {
    let silence = server.unixSeconds - lastHeard
    switch phase {
    case .idle: if !server.isLoading { connect() }
    case .connecting, .handshake: if silence > timeout { giveUp("Timeout connecting to the MASTER...") }
    case .receiving:
      if silence <= timeout { return }
      giveUp(
        "Timeout receiving bulk data from MASTER... If the problem persists try to set the 'repl-timeout' parameter in "
          + "redis.conf to a larger value.")
    case .loading(let transfer): transfer.showLife()
    case .connected(let client):
      if server.unixSeconds - client.lastInteraction > timeout {
        Log.warning("MASTER timeout: no data nor PING received...")
        client.close()
      } else {
        acknowledge()
      }
    }
  }

  /// Takes over a changed configuration.
  func settingsChanged() { replication.updateReplicaState() }
}

// MARK: The stream

extension PrimaryLink: CommandSource {
  func didExecute(_ bytes: borrowing Bytes, whole: Int) {
    if client == nil { return }
    let unit = self.unit
    if whole > 0 {
      if !unit.content.isEmpty { replication.stream.appendRaw(unit.content.bytes) }
      unit.content.removeAll(keepingCapacityUpTo: 64 << 10)
      replication.stream.appendRaw(bytes[0..<whole])
    }
    if whole < bytes.count { unit.content.append(bytes[whole..<bytes.count]) }
    if mustTellOffset { acknowledge() }
  }

  func didFail(_ error: borrowing Bytes, command: String) {
    server.statistics.countUnexpectedError()
    Log.warning(
      "== CRITICAL == This replica is sending an error to its master: '\(error.string)' after processing the command "
        + "'\(command)'")
  }

  func didBreakProtocol() { hasBrokenProtocol = true }

  /// Tells the primary how far this server is, when the running command has been counted.
  func tellOffset() { mustTellOffset = true }

  /// More of the append-only file is on disk.
  func diskAdvanced() { if client != nil, durable.update(server) { acknowledge() } }

  /// Tells the primary how far this server is, and its disk; not one that does not read what it is told.
  func acknowledge() {
    mustTellOffset = false
    guard let client, offsets != .none, client.pendingOutput < Self.mostOutput else { return }
    var offset: Int64 = -1, onDisk: Int64?
    if offsets == .known {
      offset = replication.stream.end
      durable.note(offset, server)
      _ = durable.update(server)
      onDisk = durable.value
    }
    var writer = CommandWriter()
    writer.begin("REPLCONF", arguments: onDisk == nil ? 2 : 4)
    writer.argument(Bytes("ACK"))
    writer.argument(offset)
    if let onDisk {
      writer.argument(Bytes("FACK"))
      writer.argument(onDisk)
    }
    client.push(writer.output.bytes)
  }

  /// Bytes that wait for the primary before it is told nothing more.
  private static let mostOutput = 64 << 10
}
