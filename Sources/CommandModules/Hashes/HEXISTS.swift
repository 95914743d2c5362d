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
    let isThere = try context.db.read(HashValue.self, call[1]) { hash throws(CommandError) in
      hash.contains(call[2])
    }
    context.reply.integer(isThere ?? false ? 1 : 0)
  }
}
