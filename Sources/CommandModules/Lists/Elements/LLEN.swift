import ListValues
import ServerKernel

/// `LLEN key`
enum LLEN: RedisCommand {
  static let spec = CommandSpec(
    "llen", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.list],
    group: .list, since: "1.0.0", complexity: "O(1)",
    summary: "Get the length of a list",
    arguments: [
      .key()
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try context.db.value(ListValue.self, call[1])?.value.count ?? 0)
  }
}
