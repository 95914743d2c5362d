import Containers
import ServerKernel
import StreamValues

/// `XSETID key last-id [ENTRIESADDED count] [MAXDELETEDID id]`
enum XSETID: RedisCommand {
  static let spec = CommandSpec(
    "xsetid", arity: -3, flags: [.write, .denyOOM, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.stream],
    group: .stream, since: "5.0.0", complexity: "O(1)",
    summary: "An internal command for replicating stream values",
    arguments: [
      .key(),
      .string("last-id"),
      .integer("entries_added", .optional, token: "ENTRIESADDED", since: "7.0.0"),
      .string("max_deleted_entry_id", .optional, token: "MAXDELETEDID", since: "7.0.0"),
    ],
    history: [
      ("7.0.0", "Added the `entries_added` and `max_deleted_entry_id` arguments."),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let id = try call.id(2)
    let options = try Options(call, id)
    let isSet: Void? = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      if let last = value.stream.lastEntryID {
        if id < last { throw .literal("ERR The ID specified in XSETID is smaller than the target stream top item") }
        if let added = options.entriesAdded, added < value.stream.count {
          throw .literal("ERR The entries_added specified in XSETID is smaller than the target stream length")
        }
      }
      value.stream.lastID = id
      if let added = options.entriesAdded { value.stream.entriesAdded = UInt64(added) }
      if options.maxDeletedID != .zero { value.stream.maxDeletedID = options.maxDeletedID }
      change.record(.stream("xsetid"), servesBlocked: false)
    }
    if isSet == nil { throw .noSuchKey }
    context.reply.ok()
  }

  private struct Options {
    var entriesAdded: Int64?
    var maxDeletedID = StreamID.zero

    init(_ call: borrowing Call, _ id: StreamID) throws(CommandError) {
      var index = 3
      while index < call.count {
        if index + 1 == call.count { throw .syntax }
        if call.matches(index, "ENTRIESADDED") {
          let number = try call.integer(index + 1)
          if number < 0 { throw .literal("ERR entries_added must be positive") }
          entriesAdded = number
        } else if call.matches(index, "MAXDELETEDID") {
          maxDeletedID = try call.id(index + 1)
          if id < maxDeletedID {
            throw .literal("ERR The ID specified in XSETID is smaller than the provided max_deleted_entry_id")
          }
        } else {
          throw .syntax
        }
        index += 2
      }
    }
  }
}
