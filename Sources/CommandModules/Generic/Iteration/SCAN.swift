import Containers
import ServerKernel

/// `SCAN cursor [MATCH pattern] [COUNT count] [TYPE type]`
enum SCAN: RedisCommand {
  static let spec = CommandSpec(
    "scan", arity: -2, flags: .readOnly,
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
    var cursor = try scanCursor(call[1])
    let options = try Options(call)
    let reply = context.reply
    let keys = reply.deferredArray()
    var found = 0
    var replied = 0
    // A sparse table is not searched for ever.
    var buckets = options.count.multipliedReportingOverflow(by: 10).overflow ? .max : options.count * 10
    repeat {
      cursor = context.db.scan(cursor) { key, type in
        found += 1
        if options.pattern > 0, !globMatches(pattern: call[options.pattern], key, ignoringCase: false) { return }
        if options.type > 0, !call.matches(options.type, type) { return }
        reply.bulk(key)
        replied += 1
      }
      buckets -= 1
    } while cursor != 0 && buckets >= 0 && found < options.count
    reply.finishScan(keys, cursor: cursor, count: replied)
  }

  private struct Options {
    var count = 10
    /// The arguments that are the pattern and the type's name; 0 without one.
    var pattern = 0
    var type = 0

    init(_ call: borrowing Call) throws(CommandError) {
      var index = 2
      while index < call.count {
        guard index + 1 < call.count else { throw .syntax }
        if call.matches(index, "COUNT") {
          count = Int(try call.integer(index + 1))
          if count < 1 { throw .syntax }
        } else if call.matches(index, "MATCH") {
          // The pattern of all matches the empty key as well, so it is none.
          pattern = call[index + 1] == Bytes("*") ? 0 : index + 1
        } else if call.matches(index, "TYPE") {
          type = index + 1
        } else {
          throw .syntax
        }
        index += 2
      }
    }
  }

  /// A cursor as C's `strtoul` reads it, up to a zero byte if there is one; but no white space in front.
  private static func scanCursor(_ argument: borrowing Bytes) throws(CommandError) -> UInt64 {
    let text = argument[0..<(argument.firstIndex(of: 0) ?? argument.count)]
    if text.isEmpty { return 0 }
    guard !isASCIISpace(text[0]), let cursor = text.lenientUnsignedInteger else {
      throw .literal("ERR invalid cursor")
    }
    return cursor
  }
}
