import Containers
import HashValues
import ServerKernel

/// `HSCAN key cursor [MATCH pattern] [COUNT count]`
enum HSCAN: RedisCommand {
  static let spec = CommandSpec(
    "hscan", arity: -3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "2.8.0",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return "
      + "back to 0. N is the number of elements inside the collection..",
    summary: "Incrementally iterate hash fields and associated values",
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
    guard let hash = try context.db.value(HashValue.self, call[1]) else {
      return reply.finishScan(reply.deferredArray(), cursor: 0, count: 0)
    }
    let options = try ScanOptions(call, from: 3)
    let fields = reply.deferredArray()
    var replied = 0
    let next = hash.value.scan(cursor, options) { field, value in
      var text = DecimalText()
      guard options.matches(call, field.text(&text)) else { return }
      reply.bulk(field)
      reply.bulk(value)
      replied += 2
    }
    reply.finishScan(fields, cursor: next, count: replied)
  }
}
