import Containers
import ServerKernel

/// A server that follows this one, and what its connection is sent: the data set, then the stream.
final class ConnectedReplica: OutputSource {
  /// How far a replica has come.
  enum Phase {
    /// It has told of itself and not asked for the stream yet.
    case introduced
    /// It waits for a transfer of the data set to begin.
    case waiting
    /// It is sent the data set.
    case receiving(any Transfer)
    /// It has been sent the data set without being told its length beforehand; what it acknowledges first says that it
    /// knows where that ended, and the stream can follow.
    case loading
    case online
  }

  let client: Client
  private unowned let replication: Replication
  private(set) var phase = Phase.introduced

  // What it says of itself, by REPLCONF.
  var listeningPort = 0
  var announcedAddress: String?
  /// It can be sent a data set without being told its length.
  var understandsEndMark = false
  /// It can go on with a stream whose name has changed.
  var understandsNewNames = false
  /// It wants the data set and no stream behind it.
  var wantsDataSetOnly = false
  /// What of the data set it wants; nil is all of it.
  var filter: TransferFilter?
  /// It was answered as PSYNC is, not as SYNC.
  var asksByOffset = false

  /// The offset of the stream that it is sent next.
  private(set) var position: Int64 = 0
  /// Bytes of a transfer that it was sent, and when it took some last (Unix seconds).
  private(set) var transferred = 0
  private(set) var lastProgress: Int64 = 0
  /// The offset that it has, as it said last, and when that was (Unix seconds).
  private(set) var acknowledged: Int64 = 0
  private(set) var acknowledgedAt: Int64
  /// What of that is in its append-only file on disk; nil when it has not said so.
  private(set) var durable: Int64?

  init(_ client: Client, _ replication: Replication) {
    self.client = client
    self.replication = replication
    acknowledgedAt = replication.server.unixSeconds
  }

  private var stream: ReplicationStream { replication.stream }

  /// Whether it may still ask for what the stream holds.
  var readsStream: Bool {
    switch phase {
    case .introduced, .waiting: false
    case .receiving, .loading, .online: !wantsDataSetOnly
    }
  }

  var isOnline: Bool { if case .online = phase { true } else { false } }
  /// Whether it has been sent the data set, so that it counts among those that writes need.
  var hasDataSet: Bool {
    switch phase {
    case .introduced, .waiting, .receiving: false
    case .loading: !wantsDataSetOnly
    case .online: true
    }
  }
  var isWaiting: Bool { if case .waiting = phase { true } else { false } }

  /// Where its server can be reached, for other clients.
  var address: String {
    if let announcedAddress { return announcedAddress }
    let address = client.address
    return String(address[..<(address.lastIndex(of: ":") ?? address.endIndex)].filter { $0 != "[" && $0 != "]" })
  }

  /// As the log calls it.
  var name: String { listeningPort == 0 ? client.address : "\(address):\(listeningPort)" }

  /// How far it has come, as INFO calls it.
  var stateName: String {
    switch phase {
    case .introduced, .waiting: "wait_bgsave"
    // What is not saved first counts as being saved until it was sent.
    case .receiving(let transfer): transfer.isPrepared && !transfer.endsWithMark ? "send_bulk" : "wait_bgsave"
    case .loading, .online: "online"
    }
  }

  // MARK: Phases

  func wait() { phase = .waiting }

  /// It is sent the data set as it is at `offset`.
  func receive(_ transfer: any Transfer, from offset: Int64) {
    phase = .receiving(transfer)
    position = offset
    transferred = 0
    lastProgress = replication.server.unixSeconds
    client.setOutputSource(self)
  }

  /// It goes on with the stream from `offset`.
  func proceed(from offset: Int64) {
    position = offset
    comeOnline()
  }

  private func comeOnline() {
    phase = .online
    acknowledgedAt = replication.server.unixSeconds
    client.setOutputSource(self)
    replication.replicas.updateGate()
  }

  /// Whether it has taken nothing of what there is of a transfer, for so many seconds. One that was sent all there is
  /// waits for slower ones.
  func isBehind(_ transfer: any Transfer, for seconds: Int64) -> Bool {
    let now = replication.server.unixSeconds
    if transfer.withBytes(for: self, from: transferred, { $0.count }) == 0 { lastProgress = now }
    return now - lastProgress > seconds
  }

  /// The transfer has been sent whole.
  private func transferDidEnd(_ transfer: any Transfer) {
    transfer.leave(self)
    if wantsDataSetOnly {
      Log.notice("RDB transfer completed, rdb only replica (\(name)) should be disconnected asap")
      phase = .loading
      return client.closeAfterReply()
    }
    if transfer.endsWithMark {
      phase = .loading
      acknowledgedAt = replication.server.unixSeconds
      replication.replicas.updateGate()
      Log.notice(
        "Streamed replica with replica \(name) succeeded (socket). Waiting for REPLCONF ACK from replica to enable "
          + "streaming")
    } else {
      comeOnline()
      Log.notice("Synchronization with replica \(name) succeeded")
    }
  }

  /// It says up to where it has the stream, and up to where on disk.
  func acknowledge(_ offset: Int64, durable newDurable: Int64?) {
    acknowledged = max(acknowledged, offset)
    if let newDurable { durable = max(durable ?? newDurable, newDurable) }
    acknowledgedAt = replication.server.unixSeconds
    if case .loading = phase, !wantsDataSetOnly {
      comeOnline()
      Log.notice("Synchronization with replica \(name) succeeded")
    }
  }

  /// Seconds since it was heard of last.
  var lag: Int64 { max(0, replication.server.unixSeconds - acknowledgedAt) }

  // MARK: Output

  /// Bytes of the stream that it has not been sent.
  var unsentBytes: Int { readsStream ? max(0, Int((stream.backlog?.end ?? position) - position)) : 0 }

  /// What the backlog keeps anyway is not held against it.
  var waitingBytes: Int {
    let unsent = unsentBytes
    return unsent <= stream.size ? 0 : unsent
  }

  func sendNext(_ send: (borrowing Bytes) -> Int) -> Int {
    switch phase {
    case .introduced, .waiting, .loading: return 0
    case .receiving(let transfer):
      let count = transfer.withBytes(for: self, from: transferred) { $0.count == 0 ? 0 : send($0) }
      if count > 0 {
        transferred += count
        lastProgress = replication.server.unixSeconds
        transfer.didSend(to: self)
      }
      if count == 0 && transfer.isSent(upTo: transferred) {
        transferDidEnd(transfer)
        if isOnline { return sendNext(send) }
      }
      return count
    case .online:
      guard let backlog = stream.backlog else { return 0 }
      let count = backlog.withBytes(from: position) { $0.count == 0 ? 0 : send($0) }
      if count > 0 { position += Int64(count) }
      return count
    }
  }
}
