import ServerKernel

/// `UNWATCH`
enum UNWATCH: RedisCommand {
  static let spec = CommandSpec(
    "unwatch", arity: 1, flags: [.noScript, .loading, .stale, .fast, .allowBusy],
    categories: [.transaction],
    group: .transactions, since: "2.2.0", complexity: "O(1)",
    summary: "Forget about all watched keys")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.server.watchedKeys.removeAll(context.client)
    context.reply.ok()
  }
}
