import ServerKernel

/// `WATCH key [key ...]`
enum WATCH: RedisCommand {
  static let spec = CommandSpec(
    "watch", arity: -2, flags: [.noScript, .loading, .stale, .fast, .allowBusy, .notQueued],
    keys: [.all(.readOnly)],
    categories: [.transaction],
    group: .transactions, since: "2.2.0", complexity: "O(1) for every key.",
    summary: "Watch the given keys to determine execution of the MULTI/EXEC block",
    arguments: [
      .key("key", 0, .multiple)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if context.client.isInTransaction { throw .literal("ERR WATCH inside MULTI is not allowed") }
    for index in 1..<call.count { context.server.watchedKeys.add(call[index], context.client) }
    context.reply.ok()
  }
}
