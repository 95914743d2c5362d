import HashValues
import ServerKernel

/// `HSETNX key field value`
enum HSETNX: RedisCommand {
  static let spec = CommandSpec(
    "hsetnx", arity: 4, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .insert])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(1)",
    summary: "Set the value of a hash field, only if the field does not exist",
    arguments: [
      .key(),
      .string("field"),
      .string("value"),
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let isSet = try context.db.update(HashValue.self, call[1]) {
      hash, change throws(CommandError) in
      if hash.contains(call[2]) { return false }
      hash.set(call[2], call[3])
      change.record(.hash("hset"))
      return true
    }
    context.reply.integer(isSet ? 1 : 0)
  }
}
