import ServerKernel

/// `STRLEN key`
enum STRLEN: RedisCommand {
  static let spec = CommandSpec(
    "strlen", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.string],
    group: .string, since: "2.2.0", complexity: "O(1)",
    summary: "Get the length of the value stored in a key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let value = try context.db.string(call[1]) else { return context.reply.integer(0) }
    context.reply.integer(value.count)
  }
}
