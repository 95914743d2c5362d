import ServerKernel

/// `ZINTERCARD numkeys key [key ...] [LIMIT limit]`
enum ZINTERCARD: RedisCommand {
  static let spec = CommandSpec(
    "zintercard", arity: -3, flags: [.readOnly, .movableKeys],
    keys: [KeySpec([.readOnly, .access], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "7.0.0",
    complexity:
      "O(N*K) worst case with N being the smallest input sorted set, K being the number of input sorted sets.",
    summary: "Intersect multiple sorted sets and return the cardinality of the result",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .integer("limit", .optional, token: "LIMIT"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let query = try CombineQuery(call, context, from: 1, .intersection, .count, command: "zintercard")
    context.reply.integer(try query.countOfIntersection(call, context))
  }
}
