import ServerKernel

/// `BGSAVE [SCHEDULE]`: writes the dump file while commands go on.
enum BGSAVE: RedisCommand {
  static let spec = CommandSpec(
    "bgsave", arity: -1, flags: [.admin, .noScript, .noAsyncLoading],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Asynchronously save the dataset to disk",
    arguments: [.token("schedule", "SCHEDULE", .optional, since: "3.2.2")],
    history: [("3.2.2", "Added the `SCHEDULE` option.")])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let schedules = call.count > 1
    if schedules { guard call.count == 2, call.matches(1, "schedule") else { throw .syntax } }
    let server = context.server
    guard let dump = server.service(DumpFile.self) else { throw .literal("ERR no dump file") }
    if dump.isSaving { throw .literal("ERR Background save already in progress") }
    if server.service(AppendOnlyFile.self)?.rewrite.isRunning ?? false {
      if !schedules && !server.isExecutingUnit {
        throw .literal(
          """
          ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE SCHEDULE in order to schedule \
          a BGSAVE whenever possible.
          """)
      }
      dump.schedule()
      return context.reply.simple("Background saving scheduled")
    }
    switch dump.startInBackground() {
    case .started: context.reply.simple("Background saving started")
    case .scheduled: context.reply.simple("Background saving scheduled")
    case .failed: throw .literal("ERR")
    }
  }
}
