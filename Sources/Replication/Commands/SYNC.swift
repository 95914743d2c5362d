import ServerKernel

/// `SYNC`: the client becomes a replica as those of Redis before 2.8 do; tools ask for the data set with it.
enum SYNC: RedisCommand {
  static let spec = CommandSpec(
    "sync", arity: 1, flags: [.admin, .noAsyncLoading, .noMulti, .noScript],
    group: .server, since: "1.0.0", complexity: "",
    summary: "Internal command used for replication")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let replica = try admit(context) else { return }
    context.replication.counters.full += 1
    context.replication.replicas.wait(replica)
  }

  /// Lets a client become a replica, or throws why it may not; nil when it is one, or a monitor.
  static func admit(_ context: borrowing Context) throws(CommandError) -> ConnectedReplica? {
    let replication = context.replication
    let client = context.client
    if client.role == .replica || client.isMonitor { return nil }
    if replication.failover.isUnderWay { throw .literal("NOMASTERLINK Can't SYNC while failing over") }
    if let link = replication.link, !link.isConnected {
      throw .literal("NOMASTERLINK Can't SYNC while not connected with my master")
    }
    if client.hasPendingOutput { throw .literal("ERR SYNC and PSYNC are invalid with pending output") }
    let replica = replication.replicas.introduced(client)
    if replica.filter != nil && !replica.understandsEndMark {
      throw .literal("ERR Filtered replica requires EOF capability")
    }
    Log.notice("Replica \(replica.name) asks for synchronization")
    return replica
  }
}
