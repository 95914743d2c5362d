import Containers
import ServerKernel
import SortedSetValues

/// `ZRANDMEMBER key [count [WITHSCORES]]`
enum ZRANDMEMBER: RedisCommand {
  static let spec = CommandSpec(
    "zrandmember", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.sortedSet],
    group: .sortedSet, since: "6.2.0", complexity: "O(N) where N is the number of elements returned",
    summary: "Get one or multiple random elements from a sorted set",
    arguments: [
      .key(),
      .block("options", .optional, [.integer("count"), .token("withscores", "WITHSCORES", .optional)]),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    var random = context.random
    if call.count == 2 {
      guard let set = try context.db.value(SortedSetValue.self, call[1]) else { return reply.null() }
      return set.value.withRandomMember(using: &random) { member, _ in reply.bulk(member) }
    }
    let count = try call.integer(2)
    if count == .min {
      throw .literal("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")
    }
    if call.count > 4 || (call.count == 4 && !call.matches(3, "WITHSCORES")) { throw .syntax }
    let withScores = call.count == 4
    if withScores && count.magnitude > Int64.max / 2 { throw .outOfRange }
    guard let set = try context.db.value(SortedSetValue.self, call[1]) else { return reply.array(0) }
    set.value.sample(Int(count), &random, MemberReply(reply: reply, withScores: withScores))
  }
}

extension SortedSetValue {
  /// Replies `count` different members, or all; a negative count allows the same ones again.
  fileprivate func sample(_ count: Int, _ random: inout RandomSource, _ members: MemberReply) {
    if count < 0 || count == 1 {
      members.begin(Int(count.magnitude))
      for _ in 0..<count.magnitude {
        withRandomMember(using: &random) { members.add($0, $1) }
        if members.reply.isCut { break }
      }
    } else {
      members.begin(min(count, self.count))
      forEachRandomMember(count, using: &random) { members.add($0, $1) }
    }
  }
}
