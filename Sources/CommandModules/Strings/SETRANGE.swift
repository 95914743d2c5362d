import ServerKernel

/// `SETRANGE key offset value`
enum SETRANGE: RedisCommand {
  static let spec = CommandSpec(
    "setrange", arity: 4, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .update])],
    categories: [.string],
    group: .string, since: "2.2.0",
    complexity:
      "O(1), not counting the time taken to copy the new string in place. Usually, this string is very small so "
      + "the amortized complexity is O(1). Otherwise, complexity is O(M) with M being the length of the value "
      + "argument.",
    summary: "Overwrite part of a string at key starting at the specified offset",
    arguments: [
      .key(),
      .integer("offset"),
      .string("value")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let offset = try call.integer(2)
    if offset < 0 { throw .literal("ERR offset is out of range") }
    let count = try context.db.stringForUpdate(call[1])?.count ?? 0
    if call[3].isEmpty { return context.reply.integer(count) }
    try checkStringLength(Int(offset), call[3].count, context)
    let newCount = try context.db.editString(call[1]) { buffer, change throws(CommandError) in
      buffer.overwrite(at: Int(offset), call[3])
      change.record(.string("setrange"))
      return buffer.count
    }
    context.reply.integer(newCount)
  }
}
