import ServerKernel

/// `ROLE`: which part this server has in replication.
enum ROLE: RedisCommand {
  static let spec = CommandSpec(
    "role", arity: 1, flags: [.noScript, .loading, .stale, .fast],
    categories: [.admin, .dangerous],
    group: .server, since: "2.8.12", complexity: "O(1)",
    summary: "Return the role of the instance in the context of replication")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let replication = context.replication
    if let link = replication.link { return link.describe(in: context.reply) }
    context.reply.array(3)
    context.reply.bulk("master")
    context.reply.integer(replication.stream.end)
    replication.replicas.describe(in: context.reply)
  }
}
