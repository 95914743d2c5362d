import ListValues
import ServerKernel

/// `LSET key index element`
enum LSET: RedisCommand {
  static let spec = CommandSpec(
    "lset", arity: 4, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .update])],
    categories: [.list],
    group: .list, since: "1.0.0",
    complexity:
      "O(N) where N is the length of the list. Setting either the first or the last element of the list is "
      + "O(1).",
    summary: "Set the value of an element in a list by its index",
    arguments: [
      .key(),
      .integer("index"),
      .string("element")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try ListValue.checkElements(call, from: 3)
    let isList: Void? = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
      guard let position = list.position(try call.integer(2)) else { throw .indexOutOfRange }
      list.replace(at: position, with: call[3])
      change.record(.list("lset"))
    }
    if isList == nil { throw .noSuchKey }
    context.reply.ok()
  }
}
