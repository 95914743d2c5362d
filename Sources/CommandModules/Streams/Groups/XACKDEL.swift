import Containers
import ServerKernel
import StreamValues

/// `XACKDEL key group [KEEPREF|DELREF|ACKED] IDS numids id [id ...]`, of Redis 8.2
enum XACKDEL: RedisCommand {
  static let spec = CommandSpec(
    "xackdel", arity: -6, flags: [.write, .fast],
    keys: [.one([.readWrite, .update, .delete])],
    categories: [.stream],
    group: .stream, since: "8.2.0", complexity: "O(1) for each message ID processed.",
    summary: "Acknowledges and deletes one or multiple messages for a stream consumer group.",
    arguments: [
      .key(),
      .string("group"),
      .oneOf(
        "condition", .optional,
        [.token("keepref", "KEEPREF"), .token("delref", "DELREF"), .token("acked", "ACKED")]),
      .block("ids", token: "IDS", [.integer("numids"), .string("id", .multiple)]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let arguments = try ReferencedIDs(call, from: 3)
    let reply = context.reply
    guard let group = try context.existingGroup(call) else { return arguments.replyNone(reply) }
    var deleted = 0
    _ = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      try call.checkIDs(arguments.ids)
      reply.array(arguments.ids.count)
      var acknowledged = 0
      for index in arguments.ids {
        let id = try call.id(index)
        guard value.stream.changeGroup(group, { $0.acknowledge(id) }) else {
          reply.integer(DeletionResult.missing.rawValue)
          continue
        }
        acknowledged += 1
        // An entry that is gone already is as good as deleted.
        let result = value.stream.delete(id, arguments.policy)
        if result == .deleted { deleted += 1 }
        reply.integer(result == .referenced ? result.rawValue : DeletionResult.deleted.rawValue)
      }
      change.record(.none, by: acknowledged, servesBlocked: false)
    }
    if deleted > 0 { context.db.notify(.stream("xdel"), call[1]) }
  }
}
