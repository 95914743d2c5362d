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
    let isHash: Void? = try context.db.read(HashValue.self, call[1]) { hash throws(CommandError) in
      reply.array(hash.count)
      hash.forEach { field, _ in reply.bulk(field) }
    }
    if isHash == nil { reply.array(0) }
  }
}
