import Containers
import ServerKernel
import StreamValues

/// `XREADGROUP GROUP group consumer [COUNT count] [BLOCK milliseconds] [NOACK] STREAMS key [key ...] id [id ...]`
enum XREADGROUP: RedisCommand {
  static let spec = CommandSpec(
    "xreadgroup", arity: -7, flags: [.write, .blocking, .movableKeys],
    keys: [
      KeySpec(
        [.readOnly, .access], .keyword("STREAMS", from: 4), .range(last: -1, step: 1, limit: 2))
    ],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "For each stream mentioned: O(M) with M being the number of elements returned. If M is constant (e.g. "
      + "always asking for the first 10 elements with COUNT), you can consider it O(1). On the other side when "
      + "XREADGROUP blocks, XADD will pay the O(N) time in order to serve the N clients blocked on the stream "
      + "getting new data.",
    summary:
      "Return new entries from a stream using a consumer group, or access the history of the pending entries "
      + "for a given consumer. Can block.",
    arguments: [
      .block("group_consumer", token: "GROUP", [.string("group"), .string("consumer")]),
      .integer("count", .optional, token: "COUNT"),
      .integer("milliseconds", .optional, token: "BLOCK"),
      .token("noack", "NOACK", .optional),
      .block("streams", token: "STREAMS", [.key("key", 0, .multiple), .string("id", .multiple)]),
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try ReadOptions(call, ofGroup: true, origin: context.origin)
    let keys = context.keysToTry(call, options.keys)
    for key in keys { try context.checkRead(call, options, key) }
    var replies = StreamReplies(context.reply)
    var isJournaled = false
    var hasRead = false
    for key in keys {
      let isNew = call[options.id(key)] == Bytes(">")
      guard let group = try context.groupToRead(call, options, key, isNew: isNew) else { continue }
      replies.begin(call[key])
      let read = try context.read(call, options, key, group, isNew: isNew)
      if read.createsConsumer { context.db.notify(.stream("xgroup-createconsumer"), call[key]) }
      isJournaled = isJournaled || read.isJournaled
      hasRead = true
    }
    if hasRead && !isJournaled { context.journal.suppress() }
    if replies.finish() { return }
    guard let timeout = options.timeout else { return context.reply.nullArray() }
    context.block(
      call, keys: options.keys, until: StreamValue.self, orLost: true, milliseconds: timeout, onTimeout: .nullArray)
  }
}

extension Context {
  /// Throws unless there is a group to read from, and an identifier to begin with.
  fileprivate func checkRead(
    _ call: borrowing Call, _ options: ReadOptions, _ key: Int
  ) throws(CommandError) {
    if isTriedAgain, db.typeName(call[key]).map({ Bytes($0) == Bytes(StreamValue.typeName) }) != true {
      throw .literal("UNBLOCKED the stream key no longer exists")
    }
    let value = try db.valueForUpdate(StreamValue.self, call[key])
    if value?.value.stream.group(call[options.group]) == nil {
      if isTriedAgain { throw .literal("NOGROUP the consumer group this client was blocked on no longer exists") }
      throw .text(
        "NOGROUP No such key '\(call[key])' or consumer group '\(call[options.group])' in XREADGROUP with GROUP option")
    }
    let id = options.id(key)
    if call[id] == Bytes("$") {
      throw .text(
        ErrorText(
          "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by "
            + "specifying a proper ID, or use the > ID to get new messages. The $ ID would just return an empty result "
            + "set."))
    }
    if call[id] != Bytes(">") { _ = try call.id(id) }
  }

  /// The number of the group, if it has anything to give.
  fileprivate func groupToRead(
    _ call: borrowing Call, _ options: ReadOptions, _ key: Int, isNew: Bool
  ) throws(CommandError) -> Int? {
    guard let value = try db.value(StreamValue.self, call[key]),
      let group = value.value.stream.group(call[options.group])
    else { return nil }
    if !isNew { return group }
    guard let start = value.value.stream.withGroup(group, { $0.lastID.successor }) else { return nil }
    return value.value.stream.hasEntry(from: start, isTriedAgain: isTriedAgain) ? group : nil
  }

  /// Replies what a consumer is given of a stream, and journals what that came to.
  fileprivate mutating func read(
    _ call: borrowing Call, _ options: ReadOptions, _ key: Int, _ group: Int, isNew: Bool
  ) throws(CommandError) -> GroupRead {
    let (reply, count, now) = (self.reply, options.count(self), db.now)
    let effects = GroupEffects(journal, key: key, group: options.group, consumer: options.group + 1)
    let lastSeen = isNew ? StreamID.zero : try call.id(options.id(key))
    let read = try db.updateExisting(StreamValue.self, call[key]) { value, change throws(CommandError) in
      var read = GroupRead()
      let consumer = value.stream.consumer(group, call[options.group + 1], now, &read.createsConsumer)
      change.record(.none, servesBlocked: false)
      if read.createsConsumer && options.needsNoAcknowledgement {
        effects.addConsumer(call)
        read.isJournaled = true
      }
      if isNew {
        let isRead = value.stream.replyNews(call, options, group, consumer, count, now, reply, effects)
        read.isJournaled = read.isJournaled || isRead
      } else {
        value.stream.replyHistory(group, consumer, lastSeen, count, now, reply)
      }
      if read.createsConsumer && !read.isJournaled {
        effects.addConsumer(call)
        read.isJournaled = true
      }
      return read
    }
    return read ?? GroupRead()
  }
}

/// What reading from a group came to.
private struct GroupRead {
  var createsConsumer = false
  var isJournaled = false
}

extension Stream {
  /// Replies the next entries; whether anything was journaled.
  fileprivate mutating func replyNews(
    _ call: borrowing Call, _ options: ReadOptions, _ group: Int, _ consumer: ConsumerGroup.Consumer, _ count: Int,
    _ now: Int64, _ reply: Reply, _ effects: GroupEffects
  ) -> Bool {
    let entries = reply.deferredArray()
    let isAcknowledged = options.needsNoAcknowledgement
    let delivered = deliver(group, to: consumer, limit: count, time: now, isAcknowledged: isAcknowledged) { entry in
      reply.entry(entry)
      if !isAcknowledged { effects.claim(call, entry.id, time: now, count: 1, lastID: entry.id) }
      return !reply.isCut
    }
    reply.finish(entries, count: delivered)
    if delivered == 0 { return false }
    withGroup(group) { effects.setID(call, $0) }
    return true
  }

  /// Replies what is pending for a consumer behind an identifier.
  fileprivate mutating func replyHistory(
    _ group: Int, _ consumer: ConsumerGroup.Consumer, _ lastSeen: StreamID, _ count: Int, _ now: Int64, _ reply: Reply
  ) {
    let entries = reply.deferredArray()
    var replied = 0
    if let first = lastSeen.successor {
      redeliver(group, to: consumer, from: first, limit: count, time: now) { id, entry in
        if let entry {
          reply.entry(entry)
        } else {
          reply.array(2)
          reply.id(id)
          reply.nullArray()
        }
        replied += 1
        return !reply.isCut
      }
    }
    reply.finish(entries, count: replied)
  }
}
