import ServerKernel

/// `ROLE`
enum ROLE: RedisCommand {
  static let spec = CommandSpec(
    "role", arity: 1, flags: [.noScript, .loading, .stale, .fast],
    categories: [.admin, .dangerous],
    group: .server, since: "2.8.12", complexity: "O(1)",
    summary: "Return the role of the instance in the context of replication")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.array(3)
    context.reply.bulk("master")
    context.reply.integer(0)
    context.reply.array(0)
  }
}
