import ListValues
import ServerKernel

/// `BLMOVE source destination LEFT|RIGHT LEFT|RIGHT timeout`
enum BLMOVE: RedisCommand {
  static let spec = CommandSpec(
    "blmove", arity: 6, flags: [.write, .denyOOM, .noScript, .blocking],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    categories: [.list],
    group: .list, since: "6.2.0", complexity: "O(1)",
    summary: "Pop an element from a list, push it to another list and return it; or block until one is available",
    arguments: [
      .key("source"),
      .key("destination", 1),
      .oneOf("wherefrom", [.token("left", "LEFT"), .token("right", "RIGHT")]),
      .oneOf("whereto", [.token("left", "LEFT"), .token("right", "RIGHT")]),
      .double("timeout")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let source = try call.listEnd(3)
    let destination = try call.listEnd(4)
    let timeout = try call.timeout(5)
    if try moveElement(call, &context, from: source, to: destination) {
      // As in Redis: as the client spelled the ends, or, when it had to wait, as the server does.
      if !context.isTriedAgain { return context.journal.replace("LMOVE", call[1], call[2], call[3], call[4]) }
      return context.journal.replace("LMOVE", call[1], call[2], Bytes(source.name), Bytes(destination.name))
    }
    // Where nothing may block the answer is a null; a timeout's is a null array, as for all that wait for lists.
    if !context.mayBlock { return context.reply.null() }
    context.block(call, keys: 1..<2, until: ListValue.self, milliseconds: timeout, onTimeout: .nullArray)
  }
}
