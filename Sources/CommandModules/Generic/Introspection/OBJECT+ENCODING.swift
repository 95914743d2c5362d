import ServerKernel

extension OBJECT {
  /// `OBJECT ENCODING key`
  enum ENCODING: RedisCommand {
    static let spec = CommandSpec(
      "encoding", arity: 3, flags: .readOnly,
      keys: [.one(.readOnly, at: 2)],
      categories: [.keyspace],
      group: .generic, since: "2.2.3", complexity: "O(1)",
      summary: "Inspect the internal encoding of a Redis object",
      arguments: [
        .key()
      ],
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard finds(call[2], context), let name = context.db.encodingName(call[2]) else { return context.reply.null() }
      context.reply.bulk(name)
    }
  }
}
