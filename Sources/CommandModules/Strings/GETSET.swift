import ServerKernel

/// `GETSET key value`
enum GETSET: RedisCommand {
  static let spec = CommandSpec(
    "getset", arity: 3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .access, .update])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Set the string value of a key and return its old value",
    arguments: [
      .key(),
      .string("value")
    ],
    deprecated: .init(since: "6.2.0", replacement: "`SET` with the `!GET` argument"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    _ = try context.replyString(call[1])
    context.db.setString(call[1], call[2])
    context.journal.replace("SET", call[1], call[2])
  }
}
