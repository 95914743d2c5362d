import ListValues
import ServerKernel

/// `LTRIM key start stop`
enum LTRIM: RedisCommand {
  static let spec = CommandSpec(
    "ltrim", arity: 4, flags: .write,
    keys: [.one([.readWrite, .delete])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(N) where N is the number of elements to be removed by the operation.",
    summary: "Trim a list to the specified range",
    arguments: [
      .key(),
      .integer("start"),
      .integer("stop")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let start = try call.integer(2)
    let stop = try call.integer(3)
    _ = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
      let size = list.count
      let kept = list.positions(start, stop)
      list.removeSubrange(kept.upperBound..<size)
      list.removeSubrange(0..<kept.lowerBound)
      // The event comes even when nothing was removed.
      change.touch(.list("ltrim"))
      change.record(.list("ltrim"), by: size - kept.count)
    }
    context.reply.ok()
  }
}
