import ServerKernel

/// `GETDEL key`
enum GETDEL: RedisCommand {
  static let spec = CommandSpec(
    "getdel", arity: 2, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete])],
    categories: [.string],
    group: .string, since: "6.2.0", complexity: "O(1)",
    summary: "Get the value of a key and delete the key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard try context.replyString(call[1]) else { return }
    context.db.remove(call[1])
    context.journal.replace(context.server.settings.lazyUserDelete.value ? "UNLINK" : "DEL", call[1])
  }
}
