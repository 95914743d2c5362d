import ServerKernel
import SortedSetValues

/// `ZCARD key`
enum ZCARD: RedisCommand {
  static let spec = CommandSpec(
    "zcard", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0", complexity: "O(1)",
    summary: "Get the number of members in a sorted set",
    arguments: [
      .key(),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let set = try context.db.value(SortedSetValue.self, call[1])
    context.reply.integer(set?.value.count ?? 0)
  }
}
