import Containers
import ServerKernel

/// `PSYNC replicationid offset`: the client becomes a replica, and goes on with the stream where it was, or gets the
/// data set.
enum PSYNC: RedisCommand {
  static let spec = CommandSpec(
    "psync", arity: -3, flags: [.admin, .noAsyncLoading, .noMulti, .noScript],
    group: .server, since: "2.8.0", complexity: "",
    summary: "Internal command used for replication",
    arguments: [.string("replicationid"), .integer("offset")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let replication = context.replication
    if call.count > 3 && call.matches(3, "failover") { try takeOver(call, replication) }
    guard let replica = try SYNC.admit(context) else { return }
    guard let next = call[2].integer else {
      Log.warning("Replica \(replica.name) asks for synchronization but with a wrong offset")
      throw .literal("ERR value is not an integer or out of range")
    }
    let name = call[1].string
    replica.asksByOffset = true
    if let offset = replication.resumption(name, next: next, for: replica) {
      replication.counters.partial += 1
      return proceed(replica, from: offset, replication, context)
    }
    // Who asks for a full one has not failed to get a partial one.
    if !name.hasPrefix("?") { replication.counters.partialRefused += 1 }
    replication.counters.full += 1
    replication.replicas.wait(replica)
  }

  /// The primary wants this replica to take its place.
  private static func takeOver(_ call: borrowing Call, _ replication: Replication) throws(CommandError) {
    Log.warning("Failover request received for replid \(call[1].string).")
    if !replication.isReplica { throw .literal("ERR PSYNC FAILOVER can't be sent to a master.") }
    if call[1].string != replication.identity.current {
      throw .literal("ERR PSYNC FAILOVER replid must match my replid.")
    }
    replication.promote()
    Log.notice("MASTER MODE enabled (failover request from '\(call[1].string)')")
  }

  private static func proceed(
    _ replica: ConnectedReplica, from offset: Int64, _ replication: Replication, _ context: borrowing Context
  ) {
    replication.replicas.add(replica)
    if replica.understandsNewNames {
      context.reply.simple("CONTINUE \(replication.identity.current)")
    } else {
      context.reply.simple("CONTINUE")
    }
    replication.stream.beginReading()
    replica.proceed(from: offset)
    Log.notice(
      "Partial resynchronization request from \(replica.name) accepted. Sending \(replica.unsentBytes) bytes of "
        + "backlog starting from offset \(offset + 1).")
  }
}

extension Replication {
  /// The offset from which a replica can go on that has the stream `name` and asks for byte `next`, counted from 1; nil
  /// when it needs the data set.
  fileprivate func resumption(_ name: String, next: Int64, for replica: ConnectedReplica) -> Int64? {
    let offset = next.subtractingSaturated(1)
    guard identity.includes(name, upTo: offset) else {
      logMismatch(name, next, replica)
      return nil
    }
    guard let backlog = stream.backlog, backlog.start <= offset, offset <= stream.end else {
      Log.notice(
        "Unable to partial resync with replica \(replica.name) for lack of backlog (Replica request was: \(next)).")
      if offset > stream.end {
        Log.warning(
          "Warning: replica \(replica.name) tried to PSYNC with an offset that is greater than the master replication "
            + "offset.")
      }
      return nil
    }
    return offset
  }

  private func logMismatch(_ name: String, _ next: Int64, _ replica: ConnectedReplica) {
    if name.hasPrefix("?") {
      Log.notice("Full resync requested by replica \(replica.name)")
    } else if name == identity.previous {
      Log.notice(
        "Partial resynchronization not accepted: Requested offset for second ID was \(next), but I can reply up to "
          + "\(identity.previousEnd + 1)")
    } else {
      Log.notice(
        "Partial resynchronization not accepted: Replication ID mismatch (Replica asked for '\(name)', my replication "
          + "IDs are '\(identity.current)' and '\(identity.previous)')")
    }
  }
}
