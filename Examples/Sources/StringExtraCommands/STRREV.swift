import ServerKernel

/// `STRREV key`
enum STRREV: RedisCommand {
  static let spec = CommandSpec(
    "strrev", arity: 2, flags: [.readOnly, .fast], keys: [.one([.readOnly, .access])], categories: [.string],
    group: .string, since: "7.0.0", complexity: "O(N)",
    summary: "Returns the string value of a key backwards.",
    arguments: [.key()])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let value = try context.db.string(call[1]) else { return context.reply.null() }
    let reversed = Array(value.array.reversed())
    context.reply.bulk(reversed.bytes)
  }
}
