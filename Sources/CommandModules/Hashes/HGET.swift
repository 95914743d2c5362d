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
    let reply = context.reply
    let isHash: Void? = try context.db.read(HashValue.self, call[1]) { hash throws(CommandError) in
      hash.reply(call[2], to: reply)
    }
    if isHash == nil { reply.null() }
  }
}

extension HashValue {
  /// Replies the value of `field`, null when it is not there.
  func reply(_ field: borrowing Bytes, to reply: Reply) {
    if let value = value(of: field) { reply.bulk(value) } else { reply.null() }
  }
}
