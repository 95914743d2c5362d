import ServerKernel

/// `ECHO message`
enum ECHO: RedisCommand {
  static let spec = CommandSpec(
    "echo", arity: 2, flags: [.loading, .stale, .fast],
    categories: [.connection],
    group: .connection, since: "1.0.0", complexity: "O(1)",
    summary: "Echo the given string",
    arguments: [
      .string("message")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.bulk(call[1])
  }
}
