import ServerKernel

/// `GET key`
enum GET: RedisCommand {
  static let spec = CommandSpec(
    "get", arity: 2, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.string],
    group: .string, since: "1.0.0", complexity: "O(1)",
    summary: "Get the value of a key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    _ = try context.replyString(call[1])
  }
}
