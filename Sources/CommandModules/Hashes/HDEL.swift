import HashValues
import ServerKernel

/// `HDEL key field [field ...]`
enum HDEL: RedisCommand {
  static let spec = CommandSpec(
    "hdel", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.hash],
    group: .hash, since: "2.0.0", complexity: "O(N) where N is the number of fields to be removed.",
    summary: "Delete one or more hash fields",
    arguments: [
      .key(),
      .string("field", .multiple),
    ],
    history: [
      ("2.4.0", "Accepts multiple `field` arguments.")
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let removed = try context.db.updateExisting(HashValue.self, call[1]) {
      hash, change throws(CommandError) in
      var removed = 0
      for index in 2..<call.count {
        if hash.remove(call[index]) { removed += 1 }
        if hash.isEmpty { break }
      }
      change.record(.hash("hdel"), by: removed)
      return removed
    }
    context.reply.integer(removed ?? 0)
  }
}
