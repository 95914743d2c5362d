import Containers
import ServerKernel

/// `REPLICAOF host port`, `REPLICAOF NO ONE`: follows another server, or none.
enum REPLICAOF: RedisCommand {
  static let spec = CommandSpec(
    "replicaof", arity: 3, flags: [.admin, .noScript, .stale, .noAsyncLoading],
    group: .server, since: "5.0.0", complexity: "O(1)",
    summary: "Make the server a replica of another instance, or promote it as master.",
    arguments: arguments)

  static var arguments: [ArgumentSpec] {
    [
      .oneOf(
        "args",
        [
          .block("host-port", [.string("host"), .integer("port")]),
          .block("no-one", [.token("no", "NO"), .token("one", "ONE")]),
        ])
    ]
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let replication = context.replication
    let server = context.server
    if call.matches(1, "no") && call.matches(2, "one") {
      if replication.isReplica {
        replication.promote()
        Log.notice("MASTER MODE enabled (user request from '\(server.describe(context.client))')")
      }
      return context.reply.ok()
    }
    if context.client.role == .replica {
      throw .literal("ERR Command is not valid when client is a replica.")
    }
    guard let port = call[2].integer, 0...65535 ~= port else { throw .literal("ERR Invalid master port") }
    let source = ReplicationSource(host: call[1].array, port: Int(port))
    if let present = replication.link?.source, present.isSame(as: source) {
      Log.notice(
        "REPLICAOF would result into synchronization with the master we are already connected with. "
          + "No operation performed.")
      return context.reply.simple("OK Already connected to specified master")
    }
    replication.follow(source)
    Log.notice("REPLICAOF \(source.name) enabled (user request from '\(server.describe(context.client))')")
    context.reply.ok()
  }
}
