import ServerKernel
import SetValues

/// `SMEMBERS key`
enum SMEMBERS: RedisCommand {
  static let spec = CommandSpec(
    "smembers", arity: 2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(N) where N is the set cardinality.",
    summary: "Get all the members in a set",
    arguments: [
      .key(),
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    guard let set = try context.db.value(SetValue.self, call[1]) else { return reply.set(0) }
    reply.set(set.value.count)
    set.value.forEach { reply.bulk($0) }
  }
}
