import ListValues
import ServerKernel

/// `LINSERT key BEFORE|AFTER pivot element`
enum LINSERT: RedisCommand {
  static let spec = CommandSpec(
    "linsert", arity: 5, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .insert])],
    categories: [.list],
    group: .list, since: "2.2.0",
    complexity:
      "O(N) where N is the number of elements to traverse before seeing the value pivot. This means that "
      + "inserting somewhere on the left end on the list (head) can be considered O(1) and inserting somewhere on "
      + "the right end (tail) is O(N).",
    summary: "Insert an element before or after another element in a list",
    arguments: [
      .key(),
      .oneOf("where", [.token("before", "BEFORE"), .token("after", "AFTER")]),
      .string("pivot"),
      .string("element")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let isAfter = call.matches(2, "AFTER")
    if !isAfter && !call.matches(2, "BEFORE") { throw .syntax }
    try ListValue.checkElements(call, from: 4)
    let count = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
      var pivot: Int?
      list.forEachPosition(of: call[3]) { position in
        pivot = position
        return false
      }
      guard let pivot else { return -1 }
      list.insert(call[4], at: isAfter ? pivot + 1 : pivot)
      change.record(.list("linsert"))
      return list.count
    }
    context.reply.integer(count ?? 0)
  }
}
