import ServerKernel

/// `MULTI`
enum MULTI: RedisCommand {
  static let spec = CommandSpec(
    "multi", arity: 1, flags: [.noScript, .loading, .stale, .fast, .allowBusy, .notQueued, .framesEffects],
    categories: [.transaction],
    group: .transactions, since: "1.2.0", complexity: "O(1)",
    summary: "Mark the start of a transaction block")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.beginTransaction() else { throw .literal("ERR MULTI calls can not be nested") }
    context.reply.ok()
  }
}
