import ServerKernel

/// `EXISTS key [key ...]`: a key named twice counts twice.
enum EXISTS: RedisCommand {
  static let spec = CommandSpec(
    "exists", arity: -2, flags: [.readOnly, .fast],
    keys: [.all(.readOnly)],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(N) where N is the number of keys to check.",
    summary: "Determine if a key exists",
    arguments: [
      .key("key", 0, .multiple)
    ],
    history: [
      ("3.0.3", "Accepts multiple `key` arguments.")
    ],
    hints: ["request_policy:multi_shard", "response_policy:agg_sum"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var count = 0
    for index in 1..<call.count where context.db.contains(call[index], touching: false) { count += 1 }
    context.reply.integer(count)
  }
}
