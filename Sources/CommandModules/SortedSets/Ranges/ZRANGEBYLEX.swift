import ServerKernel

/// `ZRANGEBYLEX key min max [LIMIT offset count]`
enum ZRANGEBYLEX: RedisCommand {
  static let spec = CommandSpec(
    "zrangebylex", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.8.9",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements being "
      + "returned. If M is constant (e.g. always asking for the first 10 elements with LIMIT), you can consider it "
      + "O(log(N)).",
    summary: "Return a range of members in a sorted set, by lexicographical range",
    arguments: [
      .key(),
      .string("min"),
      .string("max"),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
    ],
    deprecated: .init(since: "6.2.0", replacement: "`ZRANGE` with the `BYLEX` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try RangeQuery(call, from: 2, by: .member).reply(call, &context)
  }
}
