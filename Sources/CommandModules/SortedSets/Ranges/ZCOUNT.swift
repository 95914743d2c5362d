import ServerKernel
import SortedSetValues

/// `ZCOUNT key min max`
enum ZCOUNT: RedisCommand {
  static let spec = CommandSpec(
    "zcount", arity: 4, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.0.0",
    complexity:
      "O(log(N)) with N being the number of elements in the sorted set.",
    summary: "Count the members in a sorted set with scores within the given values",
    arguments: [
      .key(),
      .double("min"),
      .double("max"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let (low, high) = (try call.scoreBound(2), try call.scoreBound(3))
    let set = try context.db.value(SortedSetValue.self, call[1])
    context.reply.integer(set?.value.ranks(from: low, to: high).count ?? 0)
  }
}
