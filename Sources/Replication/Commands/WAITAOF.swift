import Containers
import Persistence
import ServerKernel

/// `WAITAOF numlocal numreplicas timeout`: waits until what the client wrote is on disk, here and at replicas.
enum WAITAOF: RedisCommand {
  static let spec = CommandSpec(
    "waitaof", arity: 4, flags: [.noScript],
    categories: [.connection],
    group: .generic, since: "7.2.0", complexity: "O(1)",
    summary: "Waits until the writes of this connection are synced to the append-only files of servers.",
    arguments: [.integer("numlocal"), .integer("numreplicas"), .integer("timeout")],
    hints: ["request_policy:all_shards", "response_policy:agg_min"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let local = call[1].integer else { throw .notInteger }
    if !(0...1 ~= local) { throw .literal("ERR value is out of range, value must between 0 and 1") }
    guard let wanted = call[2].integer, wanted >= 0 else {
      throw .literal("ERR value is out of range, must be positive")
    }
    let timeout = try call.timeout(milliseconds: 3)
    let replication = context.replication
    if replication.isReplica {
      throw .literal(
        """
        ERR WAITAOF cannot be used with replica instances. Please also note that writes to replicas are just local \
        and are not propagated.
        """)
    }
    let durability = context.server.service(Durability.self)
    if local > 0 && !(durability?.isKept ?? false) {
      throw .literal("ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.")
    }
    let client = context.client
    let offset = client.effectEnd, position = client.fileEnd
    let acknowledgements = replication.replicas.acknowledgements
    let wait = Acknowledgements.Wait(client: client) {
      Int64(acknowledgements.durableCount(upTo: offset)) >= wanted
        && (local == 0 || durability?.isDurable(upTo: position) ?? false)
    } write: { reply in
      reply.array(2)
      reply.integer(durability?.isDurable(upTo: position) ?? false ? 1 : 0)
      reply.integer(acknowledgements.durableCount(upTo: offset))
    }
    acknowledgements.wait(wait, call, milliseconds: timeout, &context)
  }
}

extension Durability {
  /// Whether all of what the append-only file was given up to here is on disk.
  fileprivate func isDurable(upTo position: Int64) -> Bool { end.map { $0 >= position } ?? false }
}
