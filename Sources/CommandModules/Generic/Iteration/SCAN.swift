import Containers
import ServerKernel

/// `SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]`
enum SCAN: RedisCommand {
  static let spec = CommandSpec(
    "scan", arity: -2, flags: [.readOnly, .touchesArbitraryKeys],
    categories: [.keyspace],
    group: .generic, since: "2.8.0",
    complexity:
      "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to "
      + "return back to 0. N is the number of elements inside the collection.",
    summary: "Incrementally iterate the keys space",
    arguments: [
      .integer("cursor"),
      .pattern("pattern", .optional, token: "MATCH"),
      .integer("count", .optional, token: "COUNT"),
      .string("type", .optional, token: "TYPE", since: "6.0.0")
    ],
    history: [
      ("6.0.0", "Added the `TYPE` subcommand.")
    ],
    hints: ["nondeterministic_output", "request_policy:special"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    var cursor = try call.scanCursor(1)
    let options = try ScanOptions(call, from: 2, allowingType: true)
    let reply = context.reply
    let keys = reply.deferredArray()
    var found = 0
    var replied = 0
    var buckets = options.bucketsMax
    repeat {
      cursor = context.db.scan(cursor) { key, type in
        found += 1
        guard options.matches(call, key) else { return }
        if options.type > 0, !call.matches(options.type, type) { return }
        reply.bulk(key)
        replied += 1
      }
      buckets -= 1
    } while cursor != 0 && buckets >= 0 && found < options.count
    reply.finishScan(keys, cursor: cursor, count: replied)
  }
}
