import ListValues
import ServerKernel

/// `BRPOPLPUSH source destination timeout`
enum BRPOPLPUSH: RedisCommand {
  static let spec = CommandSpec(
    "brpoplpush", arity: 4, flags: [.write, .denyOOM, .noScript, .blocking],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    categories: [.list],
    group: .list, since: "2.2.0", complexity: "O(1)",
    summary: "Pop an element from a list, push it to another list and return it; or block until one is available",
    arguments: [
      .key("source"),
      .key("destination", 1),
      .double("timeout")
    ],
    history: [
      ("6.0.0", "`timeout` is interpreted as a double instead of an integer.")
    ],
    deprecated: .init(since: "6.2.0", replacement: "`BLMOVE` with the `RIGHT` and `LEFT` arguments"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let timeout = try call.timeout(3)
    if try moveElement(call, &context, from: .right, to: .left) {
      return context.journal.replace("RPOPLPUSH", call[1], call[2])
    }
    if !context.mayBlock { return context.reply.null() }
    context.block(call, keys: 1..<2, until: ListValue.self, milliseconds: timeout, onTimeout: .nullArray)
  }
}
