import HashValues
import ServerKernel

/// `HKEYS key`
enum HKEYS: RedisCommand {
  static let spec = CommandSpec(
    "hkeys", arity: 2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(N) where N is the size of the hash.",
    summary: "Get all the fields in a hash",
    arguments: [
      .key()
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    guard let hash = try context.db.value(HashValue.self, call[1]) else { return reply.array(0) }
    reply.array(hash.value.count)
    hash.value.forEach { field, _ in reply.bulk(field) }
  }
}
