import Containers
import ServerKernel
import SetValues

/// `SPOP key [count]`: journaled as the removal of what chance chose.
enum SPOP: RedisCommand {
  static let spec = CommandSpec(
    "spop", arity: -2, flags: [.write, .fast],
    keys: [.one([.readWrite, .access, .delete])],
    categories: [.set],
    group: .set, since: "1.0.0",
    complexity: "Without the count argument O(1), otherwise O(N) where N is the value of the passed count.",
    summary: "Remove and return one or multiple random members from a set",
    arguments: [
      .key(),
      .integer("count", .optional, since: "3.2.0"),
    ],
    history: [
      ("3.2.0", "Added the `count` argument.")
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count > 3 { throw .syntax }
    let reply = context.reply
    let journal = context.journal
    var random = context.random
    if call.count == 2 {
      let isSet: Void? = try context.db.updateExisting(SetValue.self, call[1]) { set, change throws(CommandError) in
        set.removeRandomMember(using: &random) { reply.bulk($0, removedFrom: call[1], journal) }
        change.record(.set("spop"))
      }
      if isSet == nil { reply.null() }
      return
    }
    let count = try call.popCount(2)
    let size = try context.db.valueForUpdate(SetValue.self, call[1])?.value.count ?? 0
    if size == 0 || count == 0 { return reply.set(0) }
    if count >= size { return try popAll(call, &context) }
    _ = try context.db.updateExisting(SetValue.self, call[1]) { set, change throws(CommandError) in
      reply.set(count)
      set.removeRandomMembers(count, using: &random) { reply.bulk($0, removedFrom: call[1], journal) }
      change.record(.set("spop"), by: count)
    }
  }

  /// Replies all members, and removes the key.
  private static func popAll(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let reply = context.reply
    _ = try context.db.updateExisting(SetValue.self, call[1]) { set, change throws(CommandError) in
      reply.set(set.count)
      set.forEach { reply.bulk($0) }
      // The removal of the key is the last one of as many changes.
      if set.count > 1 { change.record(.set("spop"), by: set.count - 1) } else { change.touch(.set("spop")) }
    }
    context.db.remove(call[1])
    context.journal.replace("DEL", call[1])
  }
}

extension Reply {
  /// A member that is being removed from the set under `key`.
  fileprivate func bulk(_ member: borrowing PackedElement, removedFrom key: borrowing Bytes, _ journal: Journal) {
    bulk(member)
    var text = DecimalText()
    journal.replace("SREM", key, member.text(&text))
  }
}
