import Containers
import ServerKernel
import StreamValues

extension XINFO {
  /// `XINFO STREAM key [FULL [COUNT count]]`
  enum STREAM: RedisCommand {
    static let spec = CommandSpec(
      "stream", arity: -3, flags: .readOnly,
      keys: [.one([.readOnly, .access], at: 2)],
      categories: [.stream],
      group: .stream, since: "5.0.0", complexity: "O(1)",
      summary: "Get information about a stream",
      arguments: [
        .key(),
        .block("full", .optional, token: "FULL", [.integer("count", .optional, token: "COUNT")]),
      ],
      history: [
        ("6.0.0", "Added the `FULL` modifier."),
        ("7.0.0", 
          "Added the `max-deleted-entry-id`, `entries-added`, `recorded-first-entry-id`, `entries-read` and "
          + "`lag` fields"),
      ])
    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let reply = context.reply
      guard let value = try context.db.value(StreamValue.self, call[2]) else { throw .noSuchKey }
      guard let count = try fullCount(call) else {
        reply.map(10)
        value.value.stream.replyState(reply)
        return value.value.stream.replyEnds(reply)
      }
      reply.map(9)
      value.value.stream.replyState(reply)
      reply.bulk("entries")
      value.value.stream.reply(reply, from: .zero, to: .max, count: count)
      reply.bulk("groups")
      reply.array(value.value.stream.groupCount)
      for number in 0..<value.value.stream.groupCount { value.value.stream.replyGroup(number, count, reply) }
    }

    /// How many entries of each kind `FULL` is to reply, 0 for all; nil without it.
    private static func fullCount(_ call: borrowing Call) throws(CommandError) -> Int? {
      if call.count == 3 { return nil }
      guard call.count == 4 || call.count == 6, call.matches(3, "FULL"), call.count == 4 || call.matches(4, "COUNT")
      else { throw .unknownSubcommand(call, of: "XINFO") }
      if call.count == 4 { return 10 }
      let count = try call.integer(5)
      return count < 0 ? 10 : Int(count)
    }
  }
}

extension Stream {
  fileprivate borrowing func replyState(_ reply: Reply) {
    reply.bulk("length")
    reply.integer(count)
    reply.bulk("radix-tree-keys")
    reply.integer(nodeCount)
    reply.bulk("radix-tree-nodes")
    reply.integer(radixNodeCount)
    reply.bulk("last-generated-id")
    reply.id(lastID)
    reply.bulk("max-deleted-entry-id")
    reply.id(maxDeletedID)
    reply.bulk("entries-added")
    reply.integer(Int64(clamping: entriesAdded))
    reply.bulk("recorded-first-entry-id")
    reply.id(firstID)
  }

  fileprivate borrowing func replyEnds(_ reply: Reply) {
    reply.bulk("groups")
    reply.integer(groupCount)
    reply.bulk("first-entry")
    if count == 0 {
      reply.null()
    } else {
      forEach(from: .zero, to: .max) { entry in
        reply.entry(entry)
        return false
      }
    }
    reply.bulk("last-entry")
    if count == 0 { return reply.null() }
    forEachReversed(from: .zero, to: .max) { entry in
      reply.entry(entry)
      return false
    }
  }

  /// A group with its pending entries and consumers, `limit` entries of each at most unless that is 0.
  fileprivate borrowing func replyGroup(_ number: Int, _ limit: Int, _ reply: Reply) {
    let lag = self.lag(ofGroup: number)
    withGroup(number) { group in
      let name = group.name
      reply.map(7)
      reply.bulk("name")
      reply.bulk(name.bytes)
      reply.bulk("last-delivered-id")
      reply.id(group.lastID)
      reply.bulk("entries-read")
      reply.integerOrNull(group.entriesRead)
      reply.bulk("lag")
      reply.integerOrNull(lag)
      reply.bulk("pel-count")
      reply.integer(group.pendingCount)
      reply.bulk("pending")
      group.replyPending(limit, of: nil, reply)
      reply.bulk("consumers")
      reply.array(group.consumerCount)
      for consumer in group.allConsumers {
        let name = group.name(of: consumer)
        reply.map(4)
        reply.bulk("name")
        reply.bulk(name.bytes)
        reply.bulk("seen-time")
        reply.integer(group.seenTime(of: consumer))
        reply.bulk("pel-count")
        reply.integer(group.pendingCount(of: consumer))
        reply.bulk("pending")
        group.replyPending(limit, of: consumer, reply)
      }
    }
  }
}

extension ConsumerGroup {
  /// The pending entries of a consumer, or of all with the consumers' names.
  fileprivate borrowing func replyPending(_ limit: Int, of consumer: Consumer?, _ reply: Reply) {
    let entries = reply.deferredArray()
    var replied = 0
    forEachPending(from: .zero, to: .max, of: consumer) { id, entry in
      reply.array(consumer == nil ? 4 : 3)
      reply.id(id)
      if consumer == nil {
        let name = self.name(of: entry.consumer)
        reply.bulk(name.bytes)
      }
      reply.integer(entry.deliveryTime)
      reply.integer(entry.deliveryCount)
      replied += 1
      return replied != limit && !reply.isCut
    }
    reply.finish(entries, count: replied)
  }
}
