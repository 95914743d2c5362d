import ServerKernel

/// `SHUTDOWN [NOSAVE|SAVE] [NOW] [FORCE] [ABORT]`
enum SHUTDOWN: RedisCommand {
  static let spec = CommandSpec(
    "shutdown", arity: -1, flags: [.admin, .noScript, .loading, .stale, .noMulti, .allowBusy],
    group: .server, since: "1.0.0",
    complexity: "O(N) when saving, where N is the total number of keys in all databases when saving data, "
      + "otherwise O(1)",
    summary: "Synchronously save the dataset to disk and then shut down the server",
    arguments: [
      .oneOf("nosave_save", .optional, [.token("nosave", "NOSAVE"), .token("save", "SAVE")]),
      .token("now", "NOW", .optional, since: "7.0.0"),
      .token("force", "FORCE", .optional, since: "7.0.0"),
      .token("abort", "ABORT", .optional, since: "7.0.0")
    ],
    history: [
      ("7.0.0", "Added the `NOW`, `FORCE` and `ABORT` modifiers.")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var options: ShutdownOptions = []
    var aborts = false
    for index in 1..<call.count {
      if call.matches(index, "nosave") {
        options.insert(.noSave)
      } else if call.matches(index, "save") {
        options.insert(.save)
      } else if call.matches(index, "now") {
        options.insert(.now)
      } else if call.matches(index, "force") {
        options.insert(.force)
      } else if call.matches(index, "abort") {
        aborts = true
      } else {
        throw .syntax
      }
    }
    if (aborts && !options.isEmpty) || options.isSuperset(of: [.save, .noSave]) { throw .syntax }
    if aborts {
      guard context.server.abortShutdown() else { throw .literal("ERR No shutdown in progress.") }
      return context.reply.ok()
    }
    try context.shutDown(call, options)
  }
}
