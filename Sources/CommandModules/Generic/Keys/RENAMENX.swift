import ServerKernel

/// `RENAMENX key newkey`
enum RENAMENX: RedisCommand {
  static let spec = CommandSpec(
    "renamenx", arity: 3, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete]), .one([.overwrite, .insert], at: 2)],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Rename a key, only if the new key does not exist",
    arguments: [
      .key(),
      .key("newkey", 1)
    ],
    history: [
      ("3.2.0", "The command no longer returns an error when source and destination names are the same.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.db.containsForUpdate(call[1]) else { throw .noSuchKey }
    if call[1] == call[2] || context.db.containsForUpdate(call[2]) { return context.reply.integer(0) }
    context.db.rename(call[1], to: call[2])
    context.reply.integer(1)
  }
}
