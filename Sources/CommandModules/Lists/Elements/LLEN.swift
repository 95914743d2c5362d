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
    let count = try context.db.read(ListValue.self, call[1]) { list throws(CommandError) in list.count }
    context.reply.integer(count ?? 0)
  }
}
