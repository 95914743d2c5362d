import ServerKernel

/// `ZINTER numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]`
enum ZINTER: RedisCommand {
  static let spec = CommandSpec(
    "zinter", arity: -3, flags: [.readOnly, .movableKeys],
    keys: [KeySpec([.readOnly, .access], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0",
    complexity:
      "O(N*K)+O(M*log(M)) worst case with N being the smallest input sorted set, K being the number of input "
      + "sorted sets and M being the number of elements in the resulting sorted set.",
    summary: "Intersect multiple sorted sets",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .weights, .aggregate,
      .token("withscores", "WITHSCORES", .optional),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyCombination(call, &context, .intersection, command: "zinter")
  }
}
