import ServerKernel

extension OBJECT {
  /// `OBJECT FREQ key`
  enum FREQ: RedisCommand {
    static let spec = CommandSpec(
      "freq", arity: 3, flags: .readOnly,
      keys: [.one(.readOnly, at: 2)],
      categories: [.keyspace],
      group: .generic, since: "4.0.0", complexity: "O(1)",
      summary: "Get the logarithmic access frequency counter of a Redis object",
      arguments: [
        .key()
      ],
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard finds(call[2], context), let frequency = context.db.accessFrequency(call[2]) else {
        return context.reply.null()
      }
      if !context.db.countsFrequency {
        throw .literal(
          """
          ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching \
          between policies at runtime LRU and LFU data will take some time to adjust.
          """)
      }
      context.reply.integer(frequency)
    }
  }
}
