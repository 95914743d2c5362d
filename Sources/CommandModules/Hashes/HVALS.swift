import HashValues
import ServerKernel

/// `HVALS key`
enum HVALS: RedisCommand {
  static let spec = CommandSpec(
    "hvals", arity: 2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(N) where N is the size of the hash.",
    summary: "Get all the values in a hash",
    arguments: [
      .key()
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    guard let hash = try context.db.value(HashValue.self, call[1]) else { return reply.array(0) }
    reply.array(hash.value.count)
    hash.value.forEach { _, value in reply.bulk(value) }
  }
}
