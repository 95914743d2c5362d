import ServerKernel

/// `SLAVEOF host port`, `SLAVEOF NO ONE`: the former name of REPLICAOF.
enum SLAVEOF: RedisCommand {
  static let spec = CommandSpec(
    "slaveof", arity: 3, flags: [.admin, .noScript, .stale, .noAsyncLoading],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Make the server a replica of another instance, or promote it as master.",
    arguments: REPLICAOF.arguments,
    deprecated: .init(since: "5.0.0", replacement: "`REPLICAOF`"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try REPLICAOF.execute(call, &context)
  }
}
