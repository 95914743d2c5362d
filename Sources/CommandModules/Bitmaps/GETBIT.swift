import ServerKernel

/// `GETBIT key offset`
enum GETBIT: RedisCommand {
  static let spec = CommandSpec(
    "getbit", arity: 3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.bitmap],
    group: .bitmap, since: "2.2.0", complexity: "O(1)",
    summary: "Returns the bit value at offset in the string value stored at key",
    arguments: [
      .key(),
      .integer("offset"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let offset = try call.bitOffset(2, stringCountMax: context.stringCountMax)
    guard let value = try context.db.string(call[1]) else { return context.reply.integer(0) }
    let isSet = try value.withText { text throws(CommandError) in text.bit(at: offset) }
    context.reply.integer(isSet ? 1 : 0)
  }
}
