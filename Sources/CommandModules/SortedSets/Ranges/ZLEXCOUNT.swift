import ServerKernel
import SortedSetValues

/// `ZLEXCOUNT key min max`
enum ZLEXCOUNT: RedisCommand {
  static let spec = CommandSpec(
    "zlexcount", arity: 4, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.8.9",
    complexity:
      "O(log(N)) with N being the number of elements in the sorted set.",
    summary: "Count the number of members in a sorted set between a given lexicographical range",
    arguments: [
      .key(),
      .string("min"),
      .string("max"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try call.checkMemberBound(2)
    try call.checkMemberBound(3)
    let set = try context.db.value(SortedSetValue.self, call[1])
    context.reply.integer(set?.value.ranks(from: call.memberBound(2), to: call.memberBound(3)).count ?? 0)
  }
}
