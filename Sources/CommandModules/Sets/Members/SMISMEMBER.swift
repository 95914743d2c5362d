import ServerKernel
import SetValues

/// `SMISMEMBER key member [member ...]`
enum SMISMEMBER: RedisCommand {
  static let spec = CommandSpec(
    "smismember", arity: -3, flags: [.readOnly, .fast],
    keys: [.one([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "6.2.0", complexity: "O(N) where N is the number of elements being checked for membership",
    summary: "Returns the membership associated with the given elements for a set",
    arguments: [
      .key(),
      .string("member", .multiple),
    ])

  /// Members whose cache misses overlap.
  private static let window = 16

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    let set = try context.db.value(SetValue.self, call[1])
    reply.array(call.count - 2)
    var first = 2
    while first < call.count {
      let end = min(first + window, call.count)
      set?.value.prefetch(call, first..<end)
      for index in first..<end { reply.integer(set?.value.contains(call[index]) ?? false ? 1 : 0) }
      first = end
    }
  }
}
