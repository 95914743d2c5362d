import ServerKernel

extension OBJECT {
  /// `OBJECT IDLETIME key`
  enum IDLETIME: RedisCommand {
    static let spec = CommandSpec(
      "idletime", arity: 3, flags: .readOnly,
      keys: [.one(.readOnly, at: 2)],
      categories: [.keyspace],
      group: .generic, since: "2.2.3", complexity: "O(1)",
      summary: "Get the time since a Redis object was last accessed",
      arguments: [
        .key()
      ],
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard finds(call[2], context), let seconds = context.db.idleSeconds(call[2]) else { return context.reply.null() }
      if context.db.countsFrequency {
        throw .literal(
          """
          ERR An LFU maxmemory policy is selected, idle time not tracked. Please note that when switching between \
          policies at runtime LRU and LFU data will take some time to adjust.
          """)
      }
      context.reply.integer(seconds)
    }
  }
}
