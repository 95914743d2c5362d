import Containers
import ServerKernel

/// `LCS key1 key2 [LEN] [IDX] [MINMATCHLEN length] [WITHMATCHLEN]`
enum LCS: RedisCommand {
  static let spec = CommandSpec(
    "lcs", arity: -3, flags: .readOnly,
    keys: [KeySpec([.readOnly, .access], .index(1), .range(last: 1, step: 1, limit: 0))],
    categories: [.string],
    group: .string, since: "7.0.0", complexity: "O(N*M) where N and M are the lengths of s1 and s2, respectively",
    summary: "Find longest common substring",
    arguments: [
      .key("key1"),
      .key("key2"),
      .token("len", "LEN", .optional),
      .token("idx", "IDX", .optional),
      .integer("len", .optional, token: "MINMATCHLEN"),
      .token("withmatchlen", "WITHMATCHLEN", .optional)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let first = try text(call[1], &context)
    let second = try text(call[2], &context)
    let options = try Options(call)
    if options.wantsLength && options.wantsMatches {
      throw .literal("ERR If you want both the length and indexes, please just use IDX.")
    }
    let (cells, overflow) = (first.count + 1).multipliedReportingOverflow(by: second.count + 1)
    if overflow || cells > Int.max / 4 {
      throw .literal("ERR Insufficient memory, failed allocating transient memory for LCS")
    }
    if cells * 4 > context.server.settings.maxBulkLength.value {
      throw .literal("ERR Insufficient memory, transient memory for LCS exceeds proto-max-bulk-len")
    }
    let table = CommonSubsequence(first, second)
    if options.wantsMatches {
      replyMatches(table, options, context.reply)
    } else if options.wantsLength {
      context.reply.integer(table.count)
    } else {
      let subsequence = table.subsequence
      context.reply.bulk(subsequence.bytes)
    }
  }

  private struct Options {
    var wantsLength = false
    var wantsMatches = false
    var showsLengths = false
    var leastLength: Int64 = 0

    init(_ call: borrowing Call) throws(CommandError) {
      var index = 3
      while index < call.count {
        if call.matches(index, "IDX") {
          wantsMatches = true
        } else if call.matches(index, "LEN") {
          wantsLength = true
        } else if call.matches(index, "WITHMATCHLEN") {
          showsLengths = true
        } else if call.matches(index, "MINMATCHLEN") && index + 1 < call.count {
          index += 1
          leastLength = max(0, try call.integer(index))
        } else {
          throw .syntax
        }
        index += 1
      }
    }
  }

  /// A copy of a key's string, empty when there is no such key.
  private static func text(_ key: borrowing Bytes, _ context: inout Context) throws(CommandError) -> [UInt8] {
    do throws(CommandError) {
      return try context.db.string(key)?.array ?? []
    } catch {
      throw .literal("ERR The specified keys must contain string values")
    }
  }

  private static func replyMatches(_ table: CommonSubsequence, _ options: Options, _ reply: Reply) {
    let matches = table.matches.filter { Int64($0.count) >= options.leastLength }
    reply.map(2)
    reply.bulk("matches")
    reply.array(matches.count)
    for match in matches {
      reply.array(options.showsLengths ? 3 : 2)
      for start in [match.first, match.second] {
        reply.array(2)
        reply.integer(start)
        reply.integer(start + match.count - 1)
      }
      if options.showsLengths { reply.integer(match.count) }
    }
    reply.bulk("len")
    reply.integer(table.count)
  }
}
