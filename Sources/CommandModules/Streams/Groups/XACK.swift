import ServerKernel
import StreamValues

/// `XACK key group id [id ...]`
enum XACK: RedisCommand {
  static let spec = CommandSpec(
    "xack", arity: -4, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.stream],
    group: .stream, since: "5.0.0", complexity: "O(1) for each message ID processed.",
    summary:
      "Marks a pending message as correctly processed, effectively removing it from the pending entries list "
      + "of the consumer group. Return value of the command is the number of messages successfully "
      + "acknowledged, that is, the IDs we were actually able to resolve in the PEL.",
    arguments: [
      .key(),
      .string("group"),
      .string("id", .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard let group = try context.existingGroup(call) else { return context.reply.integer(0) }
    let ids = 3..<call.count
    try call.checkIDs(ids)
    let count = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let count = try value.stream.changeGroup(group) { group throws(CommandError) in
        var count = 0
        for index in ids {
          if group.acknowledge(try call.id(index)) { count += 1 }
        }
        return count
      }
      change.record(.none, by: count, servesBlocked: false)
      return count
    }
    context.reply.integer(count ?? 0)
  }
}
