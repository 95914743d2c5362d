import Containers
import ServerKernel

/// `WAIT numreplicas timeout`: waits until replicas have what the client wrote.
enum WAIT: RedisCommand {
  static let spec = CommandSpec(
    "wait", arity: 3, flags: [.noScript],
    categories: [.connection],
    group: .generic, since: "3.0.0", complexity: "O(1)",
    summary:
      "Wait for the synchronous replication of all the write commands sent in the context of the current connection",
    arguments: [.integer("numreplicas"), .integer("timeout")],
    hints: ["request_policy:all_shards", "response_policy:agg_min"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let replication = context.replication
    if replication.isReplica {
      throw .literal(
        """
        ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a replica is \
        configured to be writable (which is not the default) writes to replicas are just local and are not propagated.
        """)
    }
    let wanted = try call.integer(1)
    let timeout = try call.timeout(milliseconds: 2)
    let acknowledgements = replication.replicas.acknowledgements
    let offset = context.client.effectEnd
    let wait = Acknowledgements.Wait(client: context.client) {
      Int64(acknowledgements.count(upTo: offset)) >= wanted
    } write: {
      $0.integer(acknowledgements.count(upTo: offset))
    }
    acknowledgements.wait(wait, call, milliseconds: timeout, &context)
  }
}
