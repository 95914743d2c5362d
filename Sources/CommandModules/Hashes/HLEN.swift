import HashValues
import ServerKernel

/// `HLEN key`
enum HLEN: RedisCommand {
  static let spec = CommandSpec(
    "hlen", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(1)",
    summary: "Get the number of fields in a hash",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try context.db.value(HashValue.self, call[1])?.value.count ?? 0)
  }
}
