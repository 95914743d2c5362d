import ServerKernel

/// `BGREWRITEAOF`: writes the append-only file anew, as short as the data set allows.
enum BGREWRITEAOF: RedisCommand {
  static let spec = CommandSpec(
    "bgrewriteaof", arity: 1, flags: [.admin, .noScript, .noAsyncLoading],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Asynchronously rewrite the append-only file")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let file = context.server.service(AppendOnlyFile.self) else { throw .literal("ERR no append only file") }
    switch file.rewrite.start() {
    case .started: context.reply.simple("Background append only file rewriting started")
    case .scheduled: context.reply.simple("Background append only file rewriting scheduled")
    case .alreadyRunning: throw .literal("ERR Background append only file rewriting already in progress")
    case .failed:
      throw .literal(
        "ERR Can't execute an AOF background rewriting. Please check the server logs for more information.")
    }
  }
}
