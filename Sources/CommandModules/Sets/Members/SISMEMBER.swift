import ServerKernel
import SetValues

/// `SISMEMBER key member`
enum SISMEMBER: RedisCommand {
  static let spec = CommandSpec(
    "sismember", arity: 3, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(1)",
    summary: "Determine if a given value is a member of a set",
    arguments: [
      .key(),
      .string("member"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let set = try context.db.value(SetValue.self, call[1])
    context.reply.integer(set?.value.contains(call[2]) ?? false ? 1 : 0)
  }
}
