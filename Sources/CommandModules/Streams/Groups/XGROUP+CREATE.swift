import Containers
import ServerKernel
import StreamValues

extension XGROUP {
  /// `XGROUP CREATE key group id|$ [MKSTREAM] [ENTRIESREAD entries-read]`
  enum CREATE: RedisCommand {
    static let spec = CommandSpec(
      "create", arity: -5, flags: [.write, .denyOOM],
      keys: [.one([.readWrite, .insert], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Create a consumer group.",
      arguments: [
        .key(),
        .string("groupname"),
        .oneOf("id", [.string("id"), .token("new_id", "$")]),
        .token("mkstream", "MKSTREAM", .optional),
        .integer("entries_read", .optional, token: "ENTRIESREAD"),
      ],
      history: [
        ("7.0.0", "Added the `entries_read` named argument."),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let options = try GroupOptions(call, mayMakeStream: true)
      let lastID = try context.lastID(call[2])
      if lastID == nil && !options.makesStream { throw .noStream }
      if call.count > 8 { throw .unknownSubcommand(call, of: "XGROUP") }
      let id = call[4] == Bytes("$") ? lastID ?? .zero : try call.id(4)
      try context.db.update(StreamValue.self, call[2]) { value, change throws(CommandError) in
        if !value.stream.addGroup(call[3], lastID: id, entriesRead: options.entriesRead) {
          throw .literal("BUSYGROUP Consumer Group name already exists")
        }
        change.record(.stream("xgroup-create"), servesBlocked: false)
      }
      context.reply.ok()
    }
  }
}

extension XGROUP {
  /// `XGROUP SETID key group id|$ [ENTRIESREAD entries-read]`
  enum SETID: RedisCommand {
    static let spec = CommandSpec(
      "setid", arity: -5, flags: .write,
      keys: [.one([.readWrite, .update], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Set a consumer group to an arbitrary last delivered ID value.",
      arguments: [
        .key(),
        .string("groupname"),
        .oneOf("id", [.string("id"), .token("new_id", "$")]),
        .integer("entries_read", .optional, token: "ENTRIESREAD"),
      ],
      history: [
        ("7.0.0", "Added the optional `entries_read` argument."),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let options = try GroupOptions(call, mayMakeStream: false)
      try context.checkGroup(call)
      if call.count != 5 && call.count != 7 { throw .unknownSubcommand(call, of: "XGROUP") }
      let usesLast = call[4] == Bytes("$")
      let given = usesLast ? .zero : try call.looseID(4)
      _ = try context.db.updateExisting(StreamValue.self, call[2]) { value, change throws(CommandError) in
        let id = usesLast ? value.stream.lastID : given
        value.changeGroup(call) { group in
          group.lastID = id
          group.entriesRead = options.entriesRead
        }
        change.record(.stream("xgroup-setid"), servesBlocked: false)
      }
      context.reply.ok()
    }
  }
}

extension Context {
  /// The last identifier of the stream at a key; nil when there is none.
  fileprivate func lastID(_ key: borrowing Bytes) throws(CommandError) -> StreamID? {
    try db.valueForUpdate(StreamValue.self, key)?.value.stream.lastID
  }
}

/// What stands behind a group's identifier.
private struct GroupOptions {
  var makesStream = false
  var entriesRead: Int64?

  init(_ call: borrowing Call, mayMakeStream: Bool) throws(CommandError) {
    var index = 5
    while index < call.count {
      if mayMakeStream && call.matches(index, "MKSTREAM") {
        makesStream = true
      } else if index + 1 < call.count && call.matches(index, "ENTRIESREAD") {
        index += 1
        let number = try call.integer(index)
        if number < -1 { throw .literal("ERR value for ENTRIESREAD must be positive or -1") }
        entriesRead = number < 0 ? nil : number
      } else {
        throw .unknownSubcommand(call, of: "XGROUP")
      }
      index += 1
    }
  }
}
