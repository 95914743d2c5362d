import ListValues
import ServerKernel

/// `RPOPLPUSH source destination`
enum RPOPLPUSH: RedisCommand {
  static let spec = CommandSpec(
    "rpoplpush", arity: 3, flags: [.write, .denyOOM],
    keys: [.one([.readWrite, .access, .delete]), .one([.readWrite, .insert], at: 2)],
    categories: [.list],
    group: .list, since: "1.2.0", complexity: "O(1)",
    summary: "Remove the last element in a list, prepend it to another list and return it",
    arguments: [
      .key("source"),
      .key("destination", 1)
    ],
    deprecated: .init(since: "6.2.0", replacement: "`LMOVE` with the `RIGHT` and `LEFT` arguments"))

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if !(try moveElement(call, &context, from: .right, to: .left)) { context.reply.null() }
  }
}
