import ServerKernel

/// `XREVRANGE key end start [COUNT count]`
enum XREVRANGE: RedisCommand {
  static let spec = CommandSpec(
    "xrevrange", arity: -4, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(N) with N being the number of elements returned. If N is constant (e.g. always asking for the first "
      + "10 elements with COUNT), you can consider it O(1).",
    summary:
      "Return a range of elements in a stream, with IDs matching the specified IDs interval, in reverse order "
      + "(from greater to smaller IDs) compared to XRANGE",
    arguments: [
      .key(),
      .string("end"),
      .string("start"),
      .integer("count", .optional, token: "COUNT"),
    ],
    history: [
      ("6.2.0", "Added exclusive ranges."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try replyRange(call, &context, start: 3, end: 2, reversed: true)
  }
}
