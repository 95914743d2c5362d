import ServerKernel
import SetValues

/// `SCARD key`
enum SCARD: RedisCommand {
  static let spec = CommandSpec(
    "scard", arity: 2, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(1)",
    summary: "Get the number of members in a set",
    arguments: [
      .key(),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.reply.integer(try context.db.value(SetValue.self, call[1])?.value.count ?? 0)
  }
}
