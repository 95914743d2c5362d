import ServerKernel
import SortedSetValues

/// `ZREM key member [member ...]`
enum ZREM: RedisCommand {
  static let spec = CommandSpec(
    "zrem", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.sortedSet],
    group: .sortedSet, since: "1.2.0",
    complexity:
      "O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be "
      + "removed.",
    summary: "Remove one or more members from a sorted set",
    arguments: [
      .key(),
      .string("member", .multiple),
    ],
    history: [
      ("2.4.0", "Accepts multiple elements."),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let removed = try context.db.updateExisting(SortedSetValue.self, call[1]) {
      set, change throws(CommandError) in
      var removed = 0
      for index in 2..<call.count {
        if set.remove(call[index]) { removed += 1 }
        if set.isEmpty { break }
      }
      change.record(.sortedSet("zrem"), by: removed)
      return removed
    }
    context.reply.integer(removed ?? 0)
  }
}
