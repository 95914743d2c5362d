import ServerKernel

/// `TYPE key`
enum TYPE: RedisCommand {
  static let spec = CommandSpec(
    "type", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.keyspace],
    group: .generic, since: "1.0.0", complexity: "O(1)",
    summary: "Determine the type stored at key",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard context.db.contains(call[1], touching: false), let name = context.db.typeName(call[1]) else {
      return context.reply.simple("none")
    }
    context.reply.simple(name)
  }
}
