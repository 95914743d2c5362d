import ServerKernel

/// `DEL key [key ...]`
enum DEL: RedisCommand {
  static let spec = CommandSpec(
    "del", arity: -2, flags: .write,
    keys: [.all([.remove, .delete])],
    categories: [.keyspace],
    group: .generic, since: "1.0.0",
    complexity:
      "O(N) where N is the number of keys that will be removed. When a key to remove holds a value other than a "
      + "string, the individual complexity for this key is O(M) where M is the number of elements in the list, "
      + "set, sorted set or hash. Removing a single key that holds a string value is O(1).",
    summary: "Delete a key",
    arguments: [
      .key("key", 0, .multiple)
    ],
    hints: ["request_policy:multi_shard", "response_policy:agg_sum"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(removeAll(call, &context, lazily: false))
  }
}

/// `UNLINK key [key ...]`: as DEL, but large values are freed on the helper thread.
enum UNLINK: RedisCommand {
  static let spec = CommandSpec(
    "unlink", arity: -2, flags: [.write, .fast],
    keys: [.all([.remove, .delete])],
    categories: [.keyspace],
    group: .generic, since: "4.0.0",
    complexity:
      "O(1) for each key removed regardless of its size. Then the command does O(N) work in a different thread "
      + "in order to reclaim memory, where N is the number of allocations the deleted objects where composed of.",
    summary: "Delete a key asynchronously in another thread. Otherwise it is just as DEL, but non blocking.",
    arguments: [
      .key("key", 0, .multiple)
    ],
    hints: ["request_policy:multi_shard", "response_policy:agg_sum"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(removeAll(call, &context, lazily: true))
  }
}

private func removeAll(_ call: borrowing Call, _ context: inout Context, lazily: Bool) -> Int {
  var removed = 0
  for index in 1..<call.count where context.db.remove(call[index], lazily: lazily) { removed += 1 }
  return removed
}
