import ServerKernel

/// `DECRBY key decrement`
enum DECRBY: RedisCommand {
  static let spec = CommandSpec(
    "decrby", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Decrement the integer value of a key by the given number",
    arguments: [
      .key(),
      .integer("decrement")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let step = try call.integer(2)
    // The one number that has no negation.
    if step == .min { throw .literal("ERR decrement would overflow") }
    context.reply.integer(try context.db.addInteger(call[1], -step, event: .string("incrby")))
  }
}
