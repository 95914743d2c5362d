import ServerKernel
import SetValues

/// `SUNION key [key ...]`
enum SUNION: RedisCommand {
  static let spec = CommandSpec(
    "sunion", arity: -2, flags: .readOnly,
    keys: [.all([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(N) where N is the total number of elements in all given sets.",
    summary: "Add multiple sets",
    arguments: [
      .key("key", 0, .multiple),
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let result = union(of: try context.db.values(SetValue.self, call, 1..<call.count))
    reply.set(result.count)
    result.forEach { reply.bulk($0) }
  }
}
