import Containers
import ServerKernel
import StreamValues

/// `XPENDING key group [[IDLE min-idle-time] start end count [consumer]]`
enum XPENDING: RedisCommand {
  static let spec = CommandSpec(
    "xpending", arity: -3, flags: .readOnly,
    keys: [.one([.readOnly, .access])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(N) with N being the number of elements returned, so asking for a small fixed number of entries per "
      + "call is O(1). O(M), where M is the total number of entries scanned when used with the IDLE filter. "
      + "When the command returns just the summary and the list of consumers is small, it runs in O(1) time; "
      + "otherwise, an additional O(N) time for iterating every consumer.",
    summary:
      "Return information and entries from a stream consumer group pending entries list, that are messages "
      + "fetched but never acknowledged.",
    arguments: [
      .key(),
      .string("group"),
      .block(
        "filters", .optional,
        [
          .integer("min-idle-time", .optional, token: "IDLE", since: "6.2.0"),
          .string("start"),
          .string("end"),
          .integer("count"),
          .string("consumer", .optional),
        ]),
    ],
    history: [
      ("6.2.0", "Added the `IDLE` option and exclusive range intervals."),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let range = try PendingRange(call)
    let (reply, now) = (context.reply, context.db.now)
    guard let value = try context.db.value(StreamValue.self, call[1]), let group = value.value.stream.group(call[2])
    else { throw .text("NOGROUP No such key '\(call[1])' or consumer group '\(call[2])'") }
    value.value.stream.withGroup(group) { group in
      guard let range else { return group.replySummary(reply) }
      var consumer: ConsumerGroup.Consumer?
      if range.consumer > 0 {
        consumer = group.consumer(call[range.consumer])
        if consumer == nil { return reply.array(0) }
      }
      group.replyPending(range, of: consumer, now, reply)
    }
  }
}

/// Which pending entries are wanted.
private struct PendingRange {
  var minIdle: Int64 = 0
  let start: StreamID
  let end: StreamID
  let count: Int
  /// The argument that is the consumer, 0 for all of them.
  let consumer: Int

  /// Nil when only a summary is wanted.
  init?(_ call: borrowing Call) throws(CommandError) {
    if call.count == 3 { return nil }
    if call.count < 6 || call.count > 9 { throw .syntax }
    var first = 3
    if call.matches(3, "IDLE") {
      minIdle = try call.integer(4)
      if call.count < 8 { throw .syntax }
      first = 5
    }
    count = Int(max(0, try call.integer(first + 2)))
    start = try call.startOfRange(first)
    end = try call.endOfRange(first + 1)
    consumer = first + 3 < call.count ? first + 3 : 0
  }
}

extension ConsumerGroup {
  /// How many entries are pending, the first and the last of them, and how many for each consumer.
  fileprivate borrowing func replySummary(_ reply: Reply) {
    reply.array(4)
    reply.integer(pendingCount)
    if pendingCount == 0 {
      reply.null()
      reply.null()
      return reply.nullArray()
    }
    reply.id(firstPending)
    reply.id(lastPending)
    let consumers = reply.deferredArray()
    var replied = 0
    for consumer in allConsumers {
      let count = self.pendingCount(of: consumer)
      if count == 0 { continue }
      let name = self.name(of: consumer)
      reply.array(2)
      reply.bulk(name.bytes)
      reply.bulk(integer: Int64(count))
      replied += 1
    }
    reply.finish(consumers, count: replied)
  }

  fileprivate borrowing func replyPending(
    _ range: PendingRange, of consumer: Consumer?, _ now: Int64, _ reply: Reply
  ) {
    let entries = reply.deferredArray()
    var replied = 0
    forEachPending(from: range.start, to: range.end, of: consumer) { id, entry in
      if replied == range.count || reply.isCut { return false }
      let idle = now.subtractingSaturated(entry.deliveryTime)
      if range.minIdle != 0 && idle < range.minIdle { return true }
      let name = self.name(of: entry.consumer)
      reply.array(4)
      reply.id(id)
      reply.bulk(name.bytes)
      reply.integer(max(0, idle))
      reply.integer(entry.deliveryCount)
      replied += 1
      return true
    }
    reply.finish(entries, count: replied)
  }
}
