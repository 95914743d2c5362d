import Containers
import ServerKernel
import StreamValues

extension XGROUP {
  /// `XGROUP DESTROY key group`
  enum DESTROY: RedisCommand {
    static let spec = CommandSpec(
      "destroy", arity: 4, flags: .write,
      keys: [.one([.readWrite, .delete], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0",
      complexity:
        "O(N) where N is the number of entries in the group's pending entries list (PEL).",
      summary: "Destroy a consumer group.",
      arguments: [
        .key(),
        .string("groupname"),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let found = try context.db.updateExisting(StreamValue.self, call[2]) { value, change throws(CommandError) in
        guard let group = value.stream.group(call[3]) else { return false }
        value.stream.removeGroup(group)
        // Who waits for the group is told.
        change.record(.stream("xgroup-destroy"))
        return true
      }
      guard let found else { throw .noStream }
      context.reply.integer(found ? 1 : 0)
    }
  }
}

extension XGROUP {
  /// `XGROUP CREATECONSUMER key group consumer`
  enum CREATECONSUMER: RedisCommand {
    static let spec = CommandSpec(
      "createconsumer", arity: 5, flags: [.write, .denyOOM],
      keys: [.one([.readWrite, .insert], at: 2)],
      categories: [.stream],
      group: .stream, since: "6.2.0", complexity: "O(1)",
      summary: "Create a consumer in a consumer group.",
      arguments: [
        .key(),
        .string("groupname"),
        .string("consumername"),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try context.checkGroup(call)
      let now = context.db.now
      let isAdded = try context.db.updateExisting(StreamValue.self, call[2]) { value, change throws(CommandError) in
        let isAdded = value.changeGroup(call) { $0.addConsumer(call[4], seenTime: now) != nil }
        change.record(.stream("xgroup-createconsumer"), by: isAdded ? 1 : 0, servesBlocked: false)
        return isAdded
      }
      context.reply.integer(isAdded == true ? 1 : 0)
    }
  }
}

extension XGROUP {
  /// `XGROUP DELCONSUMER key group consumer`
  enum DELCONSUMER: RedisCommand {
    static let spec = CommandSpec(
      "delconsumer", arity: 5, flags: .write,
      keys: [.one([.readWrite, .delete], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Delete a consumer from a consumer group.",
      arguments: [
        .key(),
        .string("groupname"),
        .string("consumername"),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try context.checkGroup(call)
      let pending = try context.db.updateExisting(StreamValue.self, call[2]) { value, change throws(CommandError) in
        let pending = value.changeGroup(call) { group in group.consumer(call[4]).map { group.remove($0) } }
        change.record(.stream("xgroup-delconsumer"), by: pending == nil ? 0 : 1, servesBlocked: false)
        return pending ?? 0
      }
      context.reply.integer(pending ?? 0)
    }
  }
}
