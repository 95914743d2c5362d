import Containers
import ServerKernel

extension OBJECT {
  /// `OBJECT REFCOUNT key`
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
      context.reply.integer(references(call[2], context))
    }

    /// No value is shared here. Redis shares small integers, unless eviction needs an access clock of each, and says so
    /// with the largest number; so does this. It also says so of a copy made by COPY, which Redis counts once.
    private static func references(_ key: borrowing Bytes, _ context: borrowing Context) -> Int {
      let settings = context.server.memorySettings
      let needsClocks = settings.maxMemory.value > 0 && settings.policy.value.needsAccessClock
      guard !needsClocks, let integer = context.db.storedInteger(key), (0..<10000).contains(integer) else { return 1 }
      return Int(Int32.max)
    }
  }
}
