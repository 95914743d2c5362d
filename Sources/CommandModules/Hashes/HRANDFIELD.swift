import Containers
import HashValues
import ServerKernel

/// `HRANDFIELD key [count [WITHVALUES]]`
enum HRANDFIELD: RedisCommand {
  static let spec = CommandSpec(
    "hrandfield", arity: -2, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.hash],
    group: .hash, since: "6.2.0", complexity: "O(N) where N is the number of fields returned",
    summary: "Get one or multiple random fields from a hash",
    arguments: [
      .key(),
      .block(
        "options", .optional, [.integer("count"), .token("withvalues", "WITHVALUES", .optional)]),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    var random = context.random
    if call.count == 2 {
      guard let hash = try context.db.value(HashValue.self, call[1]) else { return reply.null() }
      return hash.value.withRandomField(using: &random) { field, _ in reply.bulk(field) }
    }
    let count = try call.integer(2)
    if count == .min {
      throw .literal("ERR value is out of range, value must between -9223372036854775807 and 9223372036854775807")
    }
    if call.count > 4 || (call.count == 4 && !call.matches(3, "WITHVALUES")) { throw .syntax }
    let withValues = call.count == 4
    if withValues && count.magnitude > Int64.max / 2 { throw .outOfRange }
    guard let hash = try context.db.value(HashValue.self, call[1]) else { return reply.array(0) }
    hash.value.sample(Int(count), &random, FieldReply(reply: reply, withValues: withValues))
  }
}

/// How fields are replied: alone, or with their values, each pair an array of its own in RESP3.
private struct FieldReply {
  let reply: Reply
  let withValues: Bool

  func begin(_ count: Int) { reply.array(withValues && !reply.isRESP3 ? count * 2 : count) }

  func add(_ field: borrowing PackedElement, _ value: borrowing PackedElement) {
    if withValues && reply.isRESP3 { reply.array(2) }
    reply.bulk(field)
    if withValues { reply.bulk(value) }
  }
}

extension HashValue {
  /// Replies `count` different fields, or all; a negative count allows the same ones again.
  fileprivate func sample(_ count: Int, _ random: inout RandomSource, _ fields: FieldReply) {
    if count < 0 || count == 1 {
      fields.begin(Int(count.magnitude))
      for _ in 0..<count.magnitude {
        withRandomField(using: &random) { fields.add($0, $1) }
        if fields.reply.isCut { break }
      }
    } else {
      fields.begin(min(count, self.count))
      forEachRandomField(count, using: &random) { fields.add($0, $1) }
    }
  }
}
