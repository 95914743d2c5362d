import ServerKernel

/// `RENAME key newkey`
enum RENAME: RedisCommand {
  static let spec = CommandSpec(
    "rename", arity: 3, flags: .write,
    keys: [.one([.readWrite, .access, .delete]), .one([.overwrite, .update], at: 2)],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Rename a key",
    arguments: [
      .key(),
      .key("newkey", 1)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.db.containsForUpdate(call[1]) else { throw .noSuchKey }
    if call[1] != call[2] { context.db.rename(call[1], to: call[2]) }
    context.reply.ok()
  }
}
