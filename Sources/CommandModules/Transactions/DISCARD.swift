import ServerKernel

/// `DISCARD`
enum DISCARD: RedisCommand {
  static let spec = CommandSpec(
    "discard", arity: 1, flags: [.noScript, .loading, .stale, .fast, .allowBusy, .notQueued],
    categories: [.transaction],
    group: .transactions, since: "2.0.0", complexity: "O(N), when N is the number of queued commands",
    summary: "Discard all commands issued after MULTI")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.client.isInTransaction else { throw .literal("ERR DISCARD without MULTI") }
    context.discardTransaction()
    context.reply.ok()
  }
}
