import ServerKernel

/// `ZREVRANGEBYSCORE key max min [WITHSCORES] [LIMIT offset count]`
enum ZREVRANGEBYSCORE: RedisCommand {
  static let spec = CommandSpec(
    "zrevrangebyscore", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.2.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being "
      + "returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it "
      + "O(log(N)).",
    summary: "Return a range of members in a sorted set, by score, with scores ordered from high to low",
    arguments: [
      .key(),
      .double("max"),
      .double("min"),
      .token("withscores", "WITHSCORES", .optional),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
    ],
    history: [
      ("2.1.6", "`min` and `max` can be exclusive."),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`ZRANGE` with the `REV` and `BYSCORE` arguments"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try RangeQuery(call, from: 2, by: .score, isReversed: true).reply(call, &context)
  }
}
