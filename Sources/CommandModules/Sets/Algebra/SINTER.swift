import ServerKernel
import SetValues

/// `SINTER key [key ...]`
enum SINTER: RedisCommand {
  static let spec = CommandSpec(
    "sinter", arity: -2, flags: .readOnly,
    keys: [.all([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "1.0.0",
    complexity:
      "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    summary: "Intersect multiple sets",
    arguments: [
      .key("key", 0, .multiple),
    ],
    hints: ["nondeterministic_output_order"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let sets = try context.db.values(SetValue.self, call, 1..<call.count)
    let members = reply.deferredSet()
    var count = 0
    forEachCommonMember(sets) { member in
      reply.bulk(member)
      count += 1
      return true
    }
    reply.finish(members, count: count)
  }
}
