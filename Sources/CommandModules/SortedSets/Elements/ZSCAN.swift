import Containers
import ServerKernel
import SortedSetValues

/// `ZSCAN key cursor [MATCH pattern] [COUNT count]`
enum ZSCAN: RedisCommand {
  static let spec = CommandSpec(
    "zscan", arity: -3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "2.8.0",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to "
      + "return back to 0. N is the number of elements inside the collection..",
    summary: "Incrementally iterate sorted sets elements and associated scores",
    arguments: [
      .key(),
      .integer("cursor"),
      .pattern("pattern", .optional, token: "MATCH"),
      .integer("count", .optional, token: "COUNT"),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let cursor = try call.scanCursor(2)
    let reply = context.reply
    guard let set = try context.db.value(SortedSetValue.self, call[1]) else {
      return reply.finishScan(reply.deferredArray(), cursor: 0, count: 0)
    }
    let options = try ScanOptions(call, from: 3)
    let members = reply.deferredArray()
    var replied = 0
    let next = set.value.scan(cursor, options) { member, score in
      var text = DecimalText()
      guard options.matches(call, member.text(&text)) else { return }
      reply.bulk(member)
      let number = set.value.scanText(score)
      reply.bulk(number.bytes)
      replied += 2
    }
    reply.finishScan(members, cursor: next, count: replied)
  }
}
