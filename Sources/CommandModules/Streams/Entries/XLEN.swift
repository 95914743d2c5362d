import ServerKernel
import StreamValues

/// `XLEN key`
enum XLEN: RedisCommand {
  static let spec = CommandSpec(
    "xlen", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.stream],
    group: .stream, since: "5.0.0", complexity: "O(1)",
    summary: "Return the number of entries in a stream",
    arguments: [
      .key(),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    guard let value = try context.db.value(StreamValue.self, call[1]) else { return reply.integer(0) }
    reply.integer(value.value.stream.count)
  }
}
