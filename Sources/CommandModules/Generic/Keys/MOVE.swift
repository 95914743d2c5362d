import ServerKernel

/// `MOVE key db`
enum MOVE: RedisCommand {
  static let spec = CommandSpec(
    "move", arity: 3, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Move a key to another database",
    arguments: [
      .key(),
      .integer("db")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let number = try databaseNumber(call, 2)
    guard let target = context.db.other(number) else { throw .literal("ERR DB index is out of range") }
    if number == context.db.number { throw .literal("ERR source and destination objects are the same") }
    context.reply.integer(context.db.move(call[1], to: target) ? 1 : 0)
  }
}
