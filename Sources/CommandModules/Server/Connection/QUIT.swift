import ServerKernel

/// `QUIT`
enum QUIT: RedisCommand {
  static let spec = CommandSpec(
    "quit", arity: -1, flags: [.noScript, .loading, .stale, .fast, .noAuth, .allowBusy, .notQueued,
    .allowedWhileSubscribed],
    categories: [.connection],
    group: .connection, since: "1.0.0", complexity: "O(1)",
    summary: "Close the connection")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.ok()
    context.client.closeAfterReply()
  }
}
