import ServerKernel

/// `ZRANGEBYSCORE key min max [WITHSCORES] [LIMIT offset count]`
enum ZRANGEBYSCORE: RedisCommand {
  static let spec = CommandSpec(
    "zrangebyscore", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.0.5",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being "
      + "returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it "
      + "O(log(N)).",
    summary: "Return a range of members in a sorted set, by score",
    arguments: [
      .key(),
      .double("min"),
      .double("max"),
      .token("withscores", "WITHSCORES", .optional, since: "2.0.0"),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
    ],
    history: [
      ("2.0.0", "Added the `WITHSCORES` modifier."),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`ZRANGE` with the `BYSCORE` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try RangeQuery(call, from: 2, by: .score).reply(call, &context)
  }
}
