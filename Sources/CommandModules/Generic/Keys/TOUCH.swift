import ServerKernel

/// `TOUCH key [key ...]`
enum TOUCH: RedisCommand {
  static let spec = CommandSpec(
    "touch", arity: -2, flags: [.readOnly, .fast, .alwaysTouches],
    keys: [.all(.readOnly)],
    categories: [.keyspace],
    group: .generic, since: "3.2.1", complexity: "O(N) where N is the number of keys that will be touched.",
    summary: "Alters the last access time of a key(s). Returns the number of existing keys specified.",
    arguments: [
      .key("key", 0, .multiple)
    ],
    hints: ["request_policy:multi_shard", "response_policy:agg_sum"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var count = 0
    for index in 1..<call.count where context.db.contains(call[index]) { count += 1 }
    context.reply.integer(count)
  }
}
