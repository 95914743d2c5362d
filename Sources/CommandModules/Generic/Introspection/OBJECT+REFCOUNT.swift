import ServerKernel

extension OBJECT {
  /// `OBJECT REFCOUNT key`
  ///
  /// No value is shared here. Redis shares small integers, unless eviction needs an access clock of each, and says so
  /// with the largest number; so does this. It also says so of a copy made by COPY, which Redis counts once.
  enum REFCOUNT: RedisCommand {
    static let spec = CommandSpec(
      "refcount", arity: 3, flags: .readOnly,
      keys: [.one(.readOnly, at: 2)],
      categories: [.keyspace],
      group: .generic, since: "2.2.3", complexity: "O(1)",
      summary: "Get the number of references to the value of the key",
      arguments: [
        .key()
      ],
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard finds(call[2], context) else { return context.reply.null() }
      context.reply.integer(isSharedInteger(call[2], context) ? Int(Int32.max) : 1)
    }

    private static func isSharedInteger(_ key: borrowing Bytes, _ context: borrowing Context) -> Bool {
      let settings = context.server.memorySettings
      let needsClocks = settings.maxMemory.value > 0 && settings.policy.value.needsAccessClock
      guard !needsClocks, let integer = context.db.storedInteger(key) else { return false }
      return (0..<10000).contains(integer)
    }
  }
}
