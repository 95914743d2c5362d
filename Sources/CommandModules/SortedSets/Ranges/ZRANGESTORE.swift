import Containers
import ServerKernel
import SortedSetValues

/// `ZRANGESTORE dst src min max [BYSCORE|BYLEX] [REV] [LIMIT offset count]`
enum ZRANGESTORE: RedisCommand {
  static let spec = CommandSpec(
    "zrangestore", arity: -5, flags: [.write, .denyOOM],
    keys: [.one([.overwrite, .update]), .one([.readOnly, .access], at: 2)],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0",
    complexity:
      "O(log(N)+M) with N being the number of elements in the sorted set and M the number of elements stored into "
      + "the destination key.",
    summary: "Store a range of members from sorted set into another key",
    arguments: [
      .key("dst"),
      .key("src", 1),
      .string("min"),
      .string("max"),
      .oneOf("sortby", .optional, [.token("byscore", "BYSCORE"), .token("bylex", "BYLEX")]),
      .token("rev", "REV", .optional),
      .block("offset_count", .optional, token: "LIMIT", [.integer("offset"), .integer("count")]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let query = try RangeQuery(call, from: 3, isStored: true)
    var result = SortedSetValue()
    if let source = try context.db.value(SortedSetValue.self, call[2]) {
      let ranks = query.ranks(call, in: source.value)
      source.value.forEach(in: ranks) { member, score in
        var text = DecimalText()
        result.set(member.text(&text), score)
      }
    }
    storeResult(result, call[1], &context, event: "zrangestore")
  }
}

/// Stores a result under a key and replies how many members it has; without any the key goes.
func storeResult(
  _ result: consuming SortedSetValue, _ key: borrowing Bytes, _ context: inout Context, event: StaticString
) {
  let count = result.count
  if count > 0 { context.db.store(result, key, .sortedSet(event)) } else { context.db.remove(key) }
  context.reply.integer(count)
}
