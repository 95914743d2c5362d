import Containers
import HashValues
import ServerKernel

/// `HGET key field`
enum HGET: RedisCommand {
  static let spec = CommandSpec(
    "hget", arity: 3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(1)",
    summary: "Get the value of a hash field",
    arguments: [
      .key(),
      .string("field"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let hash = try context.db.value(HashValue.self, call[1]), let value = hash.value.value(of: call[2]) else {
      return context.reply.null()
    }
    context.reply.bulk(value)
  }
}
