import ServerKernel

/// `ZREVRANGE key start stop [WITHSCORES]`
enum ZREVRANGE: RedisCommand {
  static let spec = CommandSpec(
    "zrevrange", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
    summary: "Return a range of members in a sorted set, by index, with scores ordered from high to low",
    arguments: [
      .key(),
      .integer("start"),
      .integer("stop"),
      .token("withscores", "WITHSCORES", .optional),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`ZRANGE` with the `REV` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try RangeQuery(call, from: 2, by: .rank, isReversed: true).reply(call, &context)
  }
}
