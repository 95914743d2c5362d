import ServerKernel
import SetValues

/// `SREM key member [member ...]`
enum SREM: RedisCommand {
  static let spec = CommandSpec(
    "srem", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.set],
    group: .set, since: "1.0.0", complexity: "O(N) where N is the number of members to be removed.",
    summary: "Remove one or more members from a set",
    arguments: [
      .key(),
      .string("member", .multiple),
    ],
    history: [
      ("2.4.0", "Accepts multiple `member` arguments.")
    ])

  static var elementArgument: Int { 2 }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let removed = try context.db.updateExisting(SetValue.self, call[1]) { set, change throws(CommandError) in
      var removed = 0
      for index in 2..<call.count {
        if set.remove(call[index]) { removed += 1 }
        if set.isEmpty { break }
      }
      change.record(.set("srem"), by: removed)
      return removed
    }
    context.reply.integer(removed ?? 0)
  }
}
