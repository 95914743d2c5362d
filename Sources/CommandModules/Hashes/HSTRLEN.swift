import HashValues
import ServerKernel

/// `HSTRLEN key field`
enum HSTRLEN: RedisCommand {
  static let spec = CommandSpec(
    "hstrlen", arity: 3, flags: [.readOnly, .fast],
    keys: [.one(.readOnly)],
    categories: [.hash],
    group: .hash, since: "3.2.0", complexity: "O(1)",
    summary: "Get the length of the value of a hash field",
    arguments: [
      .key(),
      .string("field"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let hash = try context.db.value(HashValue.self, call[1])
    context.reply.integer(hash?.value.value(of: call[2])?.count ?? 0)
  }
}
