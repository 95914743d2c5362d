import ServerKernel

/// `ZRANGE key start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES]`
enum ZRANGE: RedisCommand {
  static let spec = CommandSpec(
    "zrange", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements returned.",
    summary: "Return a range of members in a sorted set",
    arguments: [
      .key(),
      .string("start"),
      .string("stop"),
      .oneOf("sortby", .optional, since: "6.2.0", [.token("byscore", "BYSCORE"), .token("bylex", "BYLEX")]),
      .token("rev", "REV", .optional, since: "6.2.0"),
      .block(
        "offset_count", .optional, token: "LIMIT", since: "6.2.0", [
          .integer("offset"),
          .integer("count")
        ]),
      .token("withscores", "WITHSCORES", .optional),
    ],
    history: [
      ("6.2.0", "Added the `REV`, `BYSCORE`, `BYLEX` and `LIMIT` options."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try RangeQuery(call, from: 2).reply(call, &context)
  }
}
