import ServerKernel

/// A primary's change of parts with one of its replicas: writes are held back until the replica has all of the stream,
/// then it is asked to take over.
final class Failover {
  private enum State {
    case idle
    /// Until the target, or any replica, has all of the stream.
    case waiting
    /// The target was asked to take over, and has not answered.
    case inProgress
  }

  private unowned let replication: Replication
  private var state = State.idle
  private var target: ReplicationSource?
  private var isForced = false
  private var deadline: Timers.Timer?

  init(_ replication: Replication) { self.replication = replication }

  var isUnderWay: Bool { state != .idle }
  var isInProgress: Bool { state == .inProgress }

  /// As INFO calls it.
  var stateName: String {
    switch state {
    case .idle: "no-failover"
    case .waiting: "waiting-for-sync"
    case .inProgress: "failover-in-progress"
    }
  }

  /// Begins; `milliseconds` nil waits for ever.
  func begin(target: ReplicationSource?, isForced: Bool, milliseconds: Int64?) {
    let server = replication.server
    self.target = target
    self.isForced = isForced
    state = .waiting
    server.pausing.hold(for: self, server)
    if let milliseconds {
      deadline = server.timers.add(milliseconds: milliseconds) { [unowned self] _ in timeIsUp() }
    }
    Log.notice("FAILOVER requested\(target.map { " to \($0.name)" } ?? "").")
    proceedIfSynchronized()
  }

  private func timeIsUp() {
    deadline = nil
    guard state == .waiting else { return }
    guard isForced, let target else { return abort("Replica never caught up before timeout") }
    Log.notice("Failover to \(target.name) time out exceeded, failing over.")
    handOver(to: target)
  }

  /// A replica has told how far it is, or there is nothing to wait for.
  func proceedIfSynchronized() {
    guard state == .waiting else { return }
    let end = replication.stream.end
    let synchronized = replication.replicas.online.first { replica in
      replica.acknowledged == end && (target.map { replica.isAt($0) } ?? true)
    }
    guard let synchronized else { return }
    Log.notice("Failover target is synced, starting failover.")
    handOver(to: target ?? ReplicationSource(host: synchronized.address, port: synchronized.listeningPort))
  }

  private func handOver(to target: ReplicationSource) {
    state = .inProgress
    replication.follow(target)
  }

  /// The target has taken over.
  func finish() {
    end()
    Log.notice("Failover is done.")
  }

  /// Everything stays as it was.
  func abort(_ reason: String) {
    guard isUnderWay else { return }
    Log.notice("Aborting failover. Reason: \(reason)")
    let wasInProgress = isInProgress
    end()
    if wasInProgress { replication.promote() }
  }

  private func end() {
    let server = replication.server
    if let deadline { server.timers.cancel(deadline) }
    deadline = nil
    target = nil
    isForced = false
    state = .idle
    server.pausing.release(for: self, server)
  }
}

extension ConnectedReplica {
  /// Whether the replica's server is the one that `source` names.
  func isAt(_ source: ReplicationSource) -> Bool {
    source.port == listeningPort && source.host == Array(address.utf8)
  }
}
