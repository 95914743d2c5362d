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
      context.reply.integer(context.referenceCount(call[2]))
    }
  }
}
