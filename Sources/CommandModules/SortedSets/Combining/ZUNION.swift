import ServerKernel

/// `ZUNION numkeys key [key ...] [WEIGHTS weight [weight ...]] [AGGREGATE SUM|MIN|MAX] [WITHSCORES]`
enum ZUNION: RedisCommand {
  static let spec = CommandSpec(
    "zunion", arity: -3, flags: [.readOnly, .movableKeys],
    keys: [KeySpec([.readOnly, .access], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0",
    complexity:
      "O(N)+O(M*log(M)) with N being the sum of the sizes of the input sorted sets, and M being the number of "
      + "elements in the resulting sorted set.",
    summary: "Add multiple sorted sets",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .weights, .aggregate,
      .token("withscores", "WITHSCORES", .optional),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyCombination(call, &context, .union, command: "zunion")
  }
}
