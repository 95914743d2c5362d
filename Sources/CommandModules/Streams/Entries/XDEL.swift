import ServerKernel
import StreamValues

/// `XDEL key id [id ...]`
enum XDEL: RedisCommand {
  static let spec = CommandSpec(
    "xdel", arity: -3, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(1) for each single item to delete in the stream, regardless of the stream size.",
    summary:
      "Removes the specified entries from the stream. Returns the number of items actually deleted, that may "
      + "be different from the number of IDs passed in case certain IDs do not exist.",
    arguments: [
      .key(),
      .string("id", .multiple),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let ids = 2..<call.count
    let removed = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      try call.checkIDs(ids)
      var removed = 0
      for index in ids {
        if value.stream.remove(try call.id(index)) { removed += 1 }
      }
      change.record(.stream("xdel"), by: removed, servesBlocked: false)
      return removed
    }
    context.reply.integer(removed ?? 0)
  }
}
