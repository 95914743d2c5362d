import ServerKernel
import SetValues

/// `SDIFF key [key ...]`
enum SDIFF: RedisCommand {
  static let spec = CommandSpec(
    "sdiff", arity: -2, flags: .readOnly,
    keys: [.all([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(N) where N is the total number of elements in all given sets.",
    summary: "Subtract multiple sets",
    arguments: [
      .key("key", 0, .multiple),
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let sets = try context.db.values(SetValue.self, call, 1..<call.count)
    let members = reply.deferredSet()
    var count = 0
    forEachDifference(sets) { member in
      reply.bulk(member)
      count += 1
    }
    reply.finish(members, count: count)
  }
}
