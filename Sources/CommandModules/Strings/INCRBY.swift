import ServerKernel

/// `INCRBY key increment`
enum INCRBY: RedisCommand {
  static let spec = CommandSpec(
    "incrby", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Increment the integer value of a key by the given amount",
    arguments: [
      .key(),
      .integer("increment")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let step = try call.integer(2)
    context.reply.integer(try context.db.addInteger(call[1], step, event: .string("incrby")))
  }
}
