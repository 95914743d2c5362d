import ServerKernel

/// `BZPOPMAX key [key ...] timeout`
enum BZPOPMAX: RedisCommand {
  static let spec = CommandSpec(
    "bzpopmax", arity: -3, flags: [.write, .noScript, .blocking, .fast],
    keys: [KeySpec([.readWrite, .access, .delete], .index(1), .range(last: -2, step: 1, limit: 0))],
    categories: [.sortedSet],
    group: .sortedSet, since: "5.0.0",
    complexity:
      "O(log(N)) with N being the number of elements in the sorted set.",
    summary:
      "Remove and return the member with the highest score from one or more sorted sets, or block until one is "
      + "available",
    arguments: [
      .key("key", 0, .multiple),
      .double("timeout"),
    ],
    history: [
      ("6.0.0", "`timeout` is interpreted as a double instead of an integer."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try popOrBlock(call, &context, at: .max)
  }
}
