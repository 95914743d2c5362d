import ServerKernel

/// `PERSIST key`
enum PERSIST: RedisCommand {
  static let spec = CommandSpec(
    "persist", arity: 2, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.keyspace],
    group: .generic, since: "2.2.0", complexity: "O(1)",
    summary: "Remove the expiration from a key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(context.db.persist(call[1]) ? 1 : 0)
  }
}
