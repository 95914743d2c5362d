import ServerKernel

/// `RESET`
enum RESET: RedisCommand {
  static let spec = CommandSpec(
    "reset", arity: 1, flags: [.noScript, .loading, .stale, .fast, .noAuth, .allowBusy, .notQueued,
    .allowedWhileSubscribed],
    categories: [.connection],
    group: .connection, since: "6.2.0", complexity: "O(1)",
    summary: "Reset the connection")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.client.reset()
    _ = context.select(0)
    context.reply.simple("RESET")
  }
}
