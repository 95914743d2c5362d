import ServerKernel

/// `SETBIT key offset value`
enum SETBIT: RedisCommand {
  static let spec = CommandSpec(
    "setbit", arity: 4, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.bitmap],
    group: .bitmap, since: "2.2.0", complexity: "O(1)",
    summary: "Sets or clears the bit at offset in the string value stored at key",
    arguments: [
      .key(),
      .integer("offset"),
      .integer("value"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let offset = try call.bitOffset(2, stringCountMax: context.stringCountMax)
    guard let value = call[3].integer, value == 0 || value == 1 else {
      throw .literal("ERR bit is not an integer or out of range")
    }
    let old = try context.db.editString(call[1]) { buffer, change throws(CommandError) in
      let isExtended = buffer.extend(toCount: (offset >> 3) + 1)
      let old = buffer.bytes.bit(at: offset)
      if isExtended || old != (value == 1) {
        buffer.setBit(at: offset, to: value == 1)
        change.record(.string("setbit"))
      }
      return old
    }
    context.reply.integer(old ? 1 : 0)
  }
}
