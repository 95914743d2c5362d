import ServerKernel

/// `DBSIZE`
enum DBSIZE: RedisCommand {
  static let spec = CommandSpec(
    "dbsize", arity: 1, flags: [.readOnly, .fast],
    categories: [.keyspace],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Return the number of keys in the selected database",
    hints: ["request_policy:all_shards", "response_policy:agg_sum"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(context.db.count)
  }
}
