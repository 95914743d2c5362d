import ServerKernel

/// `BITPOS key bit [start [end [BYTE | BIT]]]`
enum BITPOS: RedisCommand {
  static let spec = CommandSpec(
    "bitpos", arity: -3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.bitmap],
    group: .bitmap, since: "2.8.7", complexity: "O(N)",
    summary: "Find first bit set or clear in a string",
    arguments: [
      .key(),
      .integer("bit"),
      .block("index", .optional, [
        .integer("start"),
        .block("end_index", .optional, [
          .integer("end"),
          .oneOf("index_unit", .optional, since: "7.0.0", [.token("byte", "BYTE"), .token("bit", "BIT")]),
        ]),
      ]),
    ],
    history: [
      ("7.0.0", "Added the `BYTE|BIT` option.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let bit = try call.integer(2)
    if bit != 0 && bit != 1 { throw .literal("ERR The bit argument must be 1 or 0.") }
    // A key that is absent holds zeros without end, whatever the other arguments are.
    guard let value = try context.db.string(call[1]) else { return context.reply.integer(bit == 1 ? -1 : 0) }
    let bits = try bits(call, count: value.count)
    let found = try value.withText { text throws(CommandError) in text.firstBit(isSet: bit == 1, in: bits) }
    // Zeros follow the string, unless the range was said to end.
    let isOpen = bit == 0 && call.count <= 4 && !bits.isEmpty
    context.reply.integer(found ?? (isOpen ? bits.upperBound : -1))
  }

  /// The bits that are asked for, of a string of `count` bytes.
  private static func bits(_ call: borrowing Call, count: Int) throws(CommandError) -> Range<Int> {
    if call.count == 3 { return 0..<count * 8 }
    if call.count > 6 { throw .syntax }
    let start = try call.integer(3)
    let unit = call.count == 6 ? try RangeUnit(call, 5) : .byte
    let end = call.count > 4 ? try call.integer(4) : -1
    return unit.bits(from: start, to: end, count: count)
  }
}
