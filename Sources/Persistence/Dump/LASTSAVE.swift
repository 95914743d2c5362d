import ServerKernel

/// `LASTSAVE`
enum LASTSAVE: RedisCommand {
  static let spec = CommandSpec(
    "lastsave", arity: 1, flags: [.loading, .stale, .fast],
    categories: [.admin, .dangerous],
    group: .server, since: "1.0.0", complexity: "O(1)",
    summary: "Get the UNIX time stamp of the last successful save to disk",
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let server = context.server
    context.reply.integer(server.service(DumpFile.self)?.lastSaveTime ?? server.startTime)
  }
}
