import ServerKernel

/// `SETNX key value`
enum SETNX: RedisCommand {
  static let spec = CommandSpec(
    "setnx", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.overwrite, .insert])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Set the value of a key, only if the key does not exist",
    arguments: [
      .key(),
      .string("value")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if context.db.containsForUpdate(call[1]) { return context.reply.integer(0) }
    context.db.setString(call[1], call[2])
    context.reply.integer(1)
  }
}
