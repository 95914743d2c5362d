import ServerKernel

/// `INCR key`
enum INCR: RedisCommand {
  static let spec = CommandSpec(
    "incr", arity: 2, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Increment the integer value of a key by one",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try context.db.addInteger(call[1], 1, event: .string("incrby")))
  }
}
