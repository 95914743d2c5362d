import ListValues
import ServerKernel

/// `LREM key count element`
enum LREM: RedisCommand {
  static let spec = CommandSpec(
    "lrem", arity: 4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(N+M) where N is the length of the list and M is the number of elements removed.",
    summary: "Remove elements from a list",
    arguments: [
      .key(),
      .integer("count"),
      .string("element")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let count = try call.integer(2)
    // The smallest number has no opposite; either way it stands for all.
    let limit = count == 0 || count == .min ? Int.max : Int(count.magnitude)
    let removed = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
      let removed = list.removeAll(equalTo: call[3], limit: limit, fromEnd: count < 0)
      change.record(.list("lrem"), by: removed)
      return removed
    }
    context.reply.integer(removed ?? 0)
  }
}
