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
    let reply = context.reply
    let isElement = try context.db.read(ListValue.self, call[1]) { list throws(CommandError) in
      guard let position = list.position(try call.integer(2)), let element = list.element(at: position) else {
        return false
      }
      reply.bulk(element)
      return true
    }
    if !(isElement ?? false) { reply.null() }
  }
}
