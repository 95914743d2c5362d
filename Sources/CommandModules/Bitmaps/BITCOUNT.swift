import ServerKernel

/// `BITCOUNT key [start end [BYTE | BIT]]`
enum BITCOUNT: RedisCommand {
  static let spec = CommandSpec(
    "bitcount", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.bitmap],
    group: .bitmap, since: "2.6.0", complexity: "O(N)",
    summary: "Count set bits in a string",
    arguments: [
      .key(),
      .block("index", .optional, [
        .integer("start"), .integer("end"),
        .oneOf("index_unit", .optional, since: "7.0.0", [.token("byte", "BYTE"), .token("bit", "BIT")]),
      ]),
    ],
    history: [
      ("7.0.0", "Added the `BYTE|BIT` option.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    // A key that is absent has no bits, whatever the other arguments are.
    guard let value = try context.db.string(call[1]) else { return context.reply.integer(0) }
    let bits = try bits(call, count: value.count)
    let found = try value.withText { text throws(CommandError) in text.setBitCount(in: bits) }
    context.reply.integer(found)
  }

  /// The bits that are asked for, of a string of `count` bytes.
  private static func bits(_ call: borrowing Call, count: Int) throws(CommandError) -> Range<Int> {
    if call.count == 2 { return 0..<count * 8 }
    if call.count != 4 && call.count != 5 { throw .syntax }
    let start = try call.integer(2)
    let end = try call.integer(3)
    if start < 0 && end < 0 && start > end { return 0..<0 }
    let unit = call.count == 5 ? try RangeUnit(call, 4) : .byte
    return unit.bits(from: start, to: end, count: count)
  }
}
