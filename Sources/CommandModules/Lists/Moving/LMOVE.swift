import ListValues
import ServerKernel

/// `LMOVE source destination LEFT|RIGHT LEFT|RIGHT`
enum LMOVE: RedisCommand {
  static let spec = CommandSpec(
    "lmove", arity: 5, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    categories: [.list],
    group: .list, since: "6.2.0", complexity: "O(1)",
    summary: "Pop an element from a list, push it to another list and return it",
    arguments: [
      .key("source"),
      .key("destination", 1),
      .oneOf("wherefrom", [.token("left", "LEFT"), .token("right", "RIGHT")]),
      .oneOf("whereto", [.token("left", "LEFT"), .token("right", "RIGHT")])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let source = try call.listEnd(3)
    let destination = try call.listEnd(4)
    if !(try moveElement(call, &context, from: source, to: destination)) { context.reply.null() }
  }
}
