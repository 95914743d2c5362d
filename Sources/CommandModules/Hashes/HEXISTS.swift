import HashValues
import ServerKernel

/// `HEXISTS key field`
enum HEXISTS: RedisCommand {
  static let spec = CommandSpec(
    "hexists", arity: 3, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(1)",
    summary: "Determine if a hash field exists",
    arguments: [
      .key(),
      .string("field"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let hash = try context.db.value(HashValue.self, call[1])
    context.reply.integer(hash?.value.contains(call[2]) ?? false ? 1 : 0)
  }
}
