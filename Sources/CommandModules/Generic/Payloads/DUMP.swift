import RDB
import ServerKernel

/// `DUMP key`
enum DUMP: RedisCommand {
  static let spec = CommandSpec(
    "dump", arity: 2, flags: [.readOnly], keys: [.one([.readOnly, .access])], categories: [.keyspace],
    group: .generic, since: "2.6.0",
    complexity: "O(1) to access the key and additional O(N*M) to serialize it, where N is the number of Redis objects "
      + "composing the value and M their average size. For small string values the time complexity is thus "
      + "O(1)+O(1*M) where M is small, so simply O(1).",
    summary: "Return a serialized version of the value stored at the specified key.",
    arguments: [.key()], hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let isThere = context.db.contains(call[1])
      && RDBPayload.write(call[1], in: context.db, context.server, to: { reply.bulk($0) })
    if !isThere { reply.null() }
  }
}
