import ServerKernel
import SetValues

/// `SINTERCARD numkeys key [key ...] [LIMIT limit]`
enum SINTERCARD: RedisCommand {
  static let spec = CommandSpec(
    "sintercard", arity: -3, flags: [.readOnly, .movableKeys],
    keys: [KeySpec([.readOnly, .access], .index(1), .counted(number: 0, first: 1, step: 1))],
    categories: [.set],
    group: .set, since: "7.0.0",
    complexity:
      "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.",
    summary: "Intersect multiple sets and return the cardinality of the result",
    arguments: [
      .integer("numkeys"),
      .key("key", 0, .multiple),
      .integer("limit", .optional, token: "LIMIT"),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let number = call[1].integer, number > 0 else { throw .literal("ERR numkeys should be greater than 0") }
    if number > call.count - 2 { throw .literal("ERR Number of keys can't be greater than number of args") }
    let keys = 2..<2 + Int(number)
    var limit: Int64 = 0
    var index = keys.upperBound
    while index < call.count {
      guard call.matches(index, "LIMIT"), index + 1 < call.count else { throw .syntax }
      guard let given = call[index + 1].integer, given >= 0 else { throw .literal("ERR LIMIT can't be negative") }
      limit = given
      index += 2
    }
    var count = 0
    forEachCommonMember(try context.db.values(SetValue.self, call, keys)) { _ in
      count += 1
      return count != limit
    }
    context.reply.integer(count)
  }
}
