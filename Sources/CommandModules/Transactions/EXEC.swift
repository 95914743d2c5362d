import ServerKernel

/// `EXEC`
///
/// A transaction that watched keys void is answered with a null array, one with a refused command by an error.
enum EXEC: RedisCommand {
  static let spec = CommandSpec(
    "exec", arity: 1, flags: [.noScript, .loading, .stale, .skipSlowlog, .notQueued, .runsTransaction, .framesEffects],
    categories: [.transaction],
    group: .transactions, since: "1.2.0", complexity: "Depends on commands in the transaction",
    summary: "Execute all commands issued after MULTI")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.client.isInTransaction else { throw .literal("ERR EXEC without MULTI") }
    if context.isTransactionAborted {
      context.discardTransaction()
      throw .literal("EXECABORT Transaction discarded because of previous errors.")
    }
    if context.server.watchedKeys.haveChanged(context.client) {
      context.discardTransaction()
      return context.reply.nullArray()
    }
    context.executeTransaction()
  }
}
