import ListValues
import ServerKernel

/// `LINDEX key index`
enum LINDEX: RedisCommand {
  static let spec = CommandSpec(
    "lindex", arity: 3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(N) where N is the number of elements to traverse to get to the element at index. This makes asking for "
      + "the first or the last element of the list O(1).",
    summary: "Get an element from a list by its index",
    arguments: [
      .key(),
      .integer("index")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let list = try context.db.value(ListValue.self, call[1]),
      let position = list.value.position(try call.integer(2)), let element = list.value.element(at: position)
    else { return context.reply.null() }
    context.reply.bulk(element)
  }
}
