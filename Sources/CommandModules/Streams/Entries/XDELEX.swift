import Containers
import ServerKernel
import StreamValues

/// `XDELEX key [KEEPREF|DELREF|ACKED] IDS numids id [id ...]`, of Redis 8.2
enum XDELEX: RedisCommand {
  static let spec = CommandSpec(
    "xdelex", arity: -5, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.stream],
    group: .stream, since: "8.2.0",
    complexity: "O(1) for each single item to delete in the stream, regardless of the stream size.",
    summary: "Deletes one or multiple entries from the stream.",
    arguments: [
      .key(),
      .oneOf(
        "condition", .optional,
        [.token("keepref", "KEEPREF"), .token("delref", "DELREF"), .token("acked", "ACKED")]),
      .block("ids", token: "IDS", [.integer("numids"), .string("id", .multiple)]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let arguments = try ReferencedIDs(call, from: 2)
    let reply = context.reply
    let isThere: Void? = try context.db.updateExisting(StreamValue.self, call[1]) {
      value, change throws(CommandError) in
      try call.checkIDs(arguments.ids)
      reply.array(arguments.ids.count)
      var deleted = 0
      for index in arguments.ids {
        let id = try call.id(index)
        var result = DeletionResult.missing
        if value.stream.contains(id) { result = value.stream.delete(id, arguments.policy) }
        if result == .deleted { deleted += 1 }
        reply.integer(result.rawValue)
      }
      change.record(.stream("xdel"), by: deleted, servesBlocked: false)
    }
    if isThere == nil { arguments.replyNone(reply) }
  }
}
