import ServerKernel

/// `SAVE`: writes the dump file while everyone waits.
enum SAVE: RedisCommand {
  static let spec = CommandSpec(
    "save", arity: 1, flags: [.admin, .noScript, .noAsyncLoading, .noMulti],
    group: .server, since: "1.0.0", complexity: "O(N) where N is the total number of keys in all databases",
    summary: "Synchronously save the dataset to disk")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let dump = context.server.service(DumpFile.self) else { throw .literal("ERR no dump file") }
    if dump.isSnapshotUnderWay { throw .literal("ERR Background save already in progress") }
    dump.noteAsked()
    guard dump.save() else { throw .literal("ERR") }
    context.reply.ok()
  }
}
