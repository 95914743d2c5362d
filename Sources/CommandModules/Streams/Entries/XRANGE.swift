import ServerKernel

/// `XRANGE key start end [COUNT count]`
enum XRANGE: RedisCommand {
  static let spec = CommandSpec(
    "xrange", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(N) with N being the number of elements being returned. If N is constant (e.g. always asking for the "
      + "first 10 elements with COUNT), you can consider it O(1).",
    summary: "Return a range of elements in a stream, with IDs matching the specified IDs interval",
    arguments: [
      .key(),
      .string("start"),
      .string("end"),
      .integer("count", .optional, token: "COUNT"),
    ],
    history: [
      ("6.2.0", "Added exclusive ranges."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyRange(call, &context, start: 2, end: 3, reversed: false)
  }
}
