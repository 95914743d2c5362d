import ServerKernel
import SetValues

/// `SRANDMEMBER key [count]`
enum SRANDMEMBER: RedisCommand {
  static let spec = CommandSpec(
    "srandmember", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.set],
    group: .set, since: "1.0.0",
    complexity:
      "Without the count argument O(1), otherwise O(N) where N is the absolute value of the passed count.",
    summary: "Get one or multiple random members from a set",
    arguments: [
      .key(),
      .integer("count", .optional, since: "2.6.0"),
    ],
    history: [
      ("2.6.0", "Added the optional `count` argument.")
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count > 3 { throw .syntax }
    let reply = context.reply
    var random = context.random
    if call.count == 2 {
      guard let set = try context.db.value(SetValue.self, call[1]) else { return reply.null() }
      return set.value.withRandomMember(using: &random) { reply.bulk($0) }
    }
    let count = try call.integer(2)
    if count == .min {
      throw .literal("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")
    }
    guard let set = try context.db.value(SetValue.self, call[1]) else { return reply.array(0) }
    if count < 0 || count == 1 {
      // The same ones may come again.
      reply.array(Int(count.magnitude))
      var left = count.magnitude
      if left == 0 { return }
      set.value.forEachRandom(using: &random) { member in
        reply.bulk(member)
        left -= 1
        return left > 0 && !reply.isCut
      }
    } else {
      reply.array(min(Int(count), set.value.count))
      set.value.forEachRandomMember(Int(count), using: &random) { reply.bulk($0) }
    }
  }
}
