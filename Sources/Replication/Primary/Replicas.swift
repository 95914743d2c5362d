import Containers
import Persistence
import ServerKernel

/// The servers that follow this one.
final class Replicas {
  unowned let replication: Replication
  /// In the order in which they came.
  private(set) var all: [ConnectedReplica] = []
  /// The data set on its way to some of them.
  private(set) var transfer: (any Transfer)?
  /// Clients that wait for replicas to have what they wrote.
  let acknowledgements: Acknowledgements
  /// When the first of those came that wait for a transfer, Unix seconds.
  private var waitingSince: Int64 = 0
  /// When the last one left, Unix seconds.
  private var emptySince: Int64 = 0
  private var lastPing: Int64 = 0
  private var retry: Timers.Timer?

  /// Milliseconds after which a transfer is tried again that something was in the way of.
  private static let retryDelay: Int64 = 50

  init(_ replication: Replication) {
    self.replication = replication
    acknowledgements = Acknowledgements(replication)
    let stream = replication.stream
    stream.didGrow = { [unowned self] in
      for replica in all where replica.isOnline { replica.client.outputSourceHasMore() }
    }
    stream.firstNeeded = { [unowned self] in all.lazy.filter(\.readsStream).map(\.position).min() ?? .max }
  }

  private var server: Server { replication.server }
  private var stream: ReplicationStream { replication.stream }

  /// Those that have the data set and read the stream.
  var online: [ConnectedReplica] { all.filter(\.isOnline) }

  // MARK: Coming and going

  /// What is known of a client that may become a replica; made when it first tells of itself.
  func introduced(_ client: Client) -> ConnectedReplica {
    client.attachment(ConnectedReplica.self) { ConnectedReplica(client, replication) }
  }

  /// A client becomes a replica.
  func add(_ replica: ConnectedReplica) {
    replica.client.role = .replica
    if all.isEmpty { lastPing = server.unixSeconds }
    all.append(replica)
    if replication.settings.disablesNoDelay.value { replica.client.delaySmallPackets() }
    if stream.backlog != nil || replication.isReplica { return }
    replication.identity.renew()
    stream.open(takingEffects: true)
    Log.notice(
      "Replication backlog created, my new replication IDs are '\(replication.identity.current)' and "
        + "'\(replication.identity.previous)'")
  }

  /// A client has gone.
  func remove(_ client: Client) {
    acknowledgements.forget(client)
    guard client.role == .replica, let index = all.firstIndex(where: { $0.client == client }) else { return }
    let replica = all.remove(at: index)
    if replica.isOnline { Log.notice("Connection with replica \(replica.name) lost.") }
    client.setOutputSource(nil)
    if case .receiving(let transfer) = replica.phase { transfer.leave(replica) }
    if all.isEmpty { emptySince = server.unixSeconds }
    stream.trim()
    updateGate()
  }

  /// Closes all their connections: what they have read is no beginning of what comes.
  func disconnectAll() { for replica in all { replica.client.close() } }

  /// There is no replica from now on, as far as the time counts after which the backlog goes.
  func noteEmpty() { emptySince = server.unixSeconds }

  // MARK: Transfers

  /// A replica waits for the data set.
  func wait(_ replica: ConnectedReplica) {
    if !all.contains(where: \.isWaiting) { waitingSince = server.unixSeconds }
    replica.wait()
    add(replica)
    if let running = transfer as? FileTransfer, replica.filter == nil, running.join(replica) { return }
    let mayDelay = isDiskless(for: [replica]) && replication.settings.disklessDelay.value > 0
    if mayDelay { Log.notice("Delay next BGSAVE for diskless SYNC") }
    beginTransferIfDue()
  }

  private func isDiskless(for replicas: [ConnectedReplica]) -> Bool {
    replication.settings.isDiskless.value && replicas.allSatisfy(\.understandsEndMark)
  }

  /// Begins a transfer to those who wait, unless there may soon be more of them, or something is in the way.
  func beginTransferIfDue() {
    guard transfer == nil, let first = all.first(where: \.isWaiting) else { return }
    let waiting = all.filter { $0.isWaiting && $0.filter == first.filter }
    let settings = replication.settings
    let isDiskless = isDiskless(for: waiting) || first.filter != nil
    if isDiskless {
      let limit = settings.disklessMaxReplicas.value
      let isFull = limit > 0 && waiting.count >= limit
      if !isFull && server.unixSeconds - waitingSince < Int64(settings.disklessDelay.value) { return }
    }
    let isSaving = server.service(DumpFile.self)?.isSaving ?? false
    if isSaving || server.isSnapshotting || server.isExecutingUnit { return tryAgainSoon() }
    Log.notice("Starting BGSAVE for SYNC with target: \(isDiskless ? "replicas sockets" : "disk")")
    if isDiskless { beginDiskless(waiting, first.filter) } else { beginWithFile(waiting) }
  }

  private func tryAgainSoon() {
    if retry != nil { return }
    retry = server.timers.add(milliseconds: Self.retryDelay) { [unowned self] _ in
      retry = nil
      beginTransferIfDue()
    }
  }

  /// The offset that the data set is at now, as replicas that get it count on.
  private func offsetNow() -> Int64 {
    stream.beginReading()
    return stream.end
  }

  private func beginDiskless(_ waiting: [ConnectedReplica], _ filter: TransferFilter?) {
    let transfer = DisklessTransfer(replication, to: waiting)
    self.transfer = transfer
    let offset = offsetNow()
    for replica in waiting { announce(replica, transfer, from: offset) }
    transfer.begin()
    switch filter {
    case nil: _ = server.beginSnapshot(transfer)
    case .functions: transfer.writeKeylessData()
    case .nothing: transfer.finish()
    }
  }

  private func beginWithFile(_ waiting: [ConnectedReplica]) {
    guard let transfer = FileTransfer(replication, from: offsetNow()) else {
      Log.warning("BGSAVE for replication failed")
      for replica in waiting {
        replica.client.reply.error("ERR BGSAVE failed, replication can't continue")
        replica.client.closeAfterReply()
      }
      return
    }
    self.transfer = transfer
    for replica in waiting { _ = transfer.join(replica) }
  }

  /// Tells a replica at what offset the data set is that it is sent.
  func announce(_ replica: ConnectedReplica, _ transfer: any Transfer, from offset: Int64) {
    if replica.asksByOffset {
      replica.client.reply.simple("FULLRESYNC \(replication.identity.current) \(offset)")
    }
    replica.receive(transfer, from: offset)
  }

  /// A transfer has come to its end, or was given up.
  func transferDidEnd(_ ended: any Transfer) {
    guard transfer === ended else { return }
    transfer = nil
    waitingSince = server.unixSeconds
    if all.contains(where: \.isWaiting) { tryAgainSoon() }
  }

  /// A snapshot that is being sent has to go: all keys are gone, or it is in the way. A file is cancelled by who saves
  /// it.
  func giveUpTransfer() { (transfer as? DisklessTransfer)?.giveUp() }

  // MARK: Upkeep

  /// Called once a second.
  func tick() {
    beginTransferIfDue()
    if !replication.isReplica && !all.isEmpty && !replication.failover.isUnderWay { ping() }
    for replica in all where replica.isWaiting || isPreparing(replica) { replica.client.push(Bytes("\n")) }
    disconnectSilent()
    dropBacklogIfUnused()
    updateGate()
  }

  private func isPreparing(_ replica: ConnectedReplica) -> Bool {
    if case .receiving(let transfer) = replica.phase { return !transfer.isPrepared }
    return false
  }

  /// Replicas learn that this server lives, and theirs that they do.
  private func ping() {
    if server.unixSeconds - lastPing < Int64(replication.settings.pingPeriod.value) { return }
    lastPing = server.unixSeconds
    stream.add(Bytes("*1\r\n$4\r\nPING\r\n"))
  }

  private func disconnectSilent() {
    let limit = Int64(replication.settings.timeout.value)
    for replica in all {
      switch replica.phase {
      case .introduced, .waiting: continue
      case .receiving(let transfer):
        if !transfer.isPrepared || !replica.isBehind(transfer, for: limit) { continue }
        Log.warning("Disconnecting timedout replica (full sync): \(replica.name)")
      case .loading, .online:
        if !replica.asksByOffset || replica.lag <= limit { continue }
        Log.warning("Disconnecting timedout replica (streaming sync): \(replica.name)")
      }
      replica.client.close()
    }
  }

  /// With no replica for a while nobody comes back for the backlog.
  private func dropBacklogIfUnused() {
    let limit = Int64(replication.settings.backlogTTL.value)
    guard all.isEmpty, limit > 0, stream.backlog != nil, !replication.isReplica else { return }
    guard server.unixSeconds - emptySince > limit else { return }
    // Those who come back then must not go on where the new stream, by chance, has the same offset.
    replication.identity.renew()
    stream.close()
    Log.notice("Replication backlog freed after \(limit) seconds without connected replicas.")
  }

  // MARK: What depends on them

  /// Those that have the data set and were heard of lately.
  var goodCount: Int {
    let limit = Int64(replication.settings.maximumLag.value)
    return all.count { $0.hasDataSet && $0.lag <= limit }
  }

  /// Whether all have the whole stream, as they said last.
  var haveEverything: Bool { all.allSatisfy { $0.acknowledged == stream.end } }

  /// Tells in the log who lacks what when this server ends.
  func logLagging() {
    let lagging = all.filter { $0.acknowledged != stream.end }
    for replica in lagging {
      Log.warning(
        "Lagging replica \(replica.name) reported offset \(stream.end - replica.acknowledged) behind master, "
          + "lag=\(replica.isOnline ? replica.lag : 0), state=\(replica.stateName).")
    }
    if all.isEmpty { return }
    Log.notice("\(all.count - lagging.count) of \(all.count) replicas are in sync when shutting down.")
  }

  /// Whether there are fewer of those than writes need.
  var areTooFew: Bool {
    let settings = replication.settings
    if settings.minimumReplicas.value == 0 || settings.maximumLag.value == 0 || replication.isReplica { return false }
    return goodCount < settings.minimumReplicas.value
  }

  /// Has writes refused that too few replicas would have.
  func updateGate() { if let gate = replication.replicaCountGate { server.setGate(gate, areTooFew) } }

  /// What ROLE tells of them.
  func describe(in reply: Reply) {
    let online = self.online
    reply.array(online.count)
    for replica in online {
      reply.array(3)
      reply.bulk(replica.address)
      reply.bulk("\(replica.listeningPort)")
      reply.bulk("\(replica.acknowledged)")
    }
  }

  /// What INFO tells of them.
  func describe(in info: inout InfoWriter) {
    // One whose connection has ended may still be here, amid a long script.
    let all = all.filter { !$0.client.isClosing }
    info.field("connected_slaves", all.count)
    if replication.settings.minimumReplicas.value > 0 && replication.settings.maximumLag.value > 0 {
      info.field("min_slaves_good_slaves", goodCount)
    }
    for (index, replica) in all.enumerated() {
      info.begin("slave", index)
      info.add("ip=", Array(replica.address.utf8).bytes)
      info.add(",port=", replica.listeningPort)
      info.add(",state=", Array(replica.stateName.utf8).bytes)
      info.add(",offset=", Int(replica.acknowledged))
      info.add(",lag=", replica.isOnline ? Int(replica.lag) : 0)
      info.end()
    }
  }
}
