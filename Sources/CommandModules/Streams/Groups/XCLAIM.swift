import Containers
import ServerKernel
import StreamValues

/// `XCLAIM key group consumer min-idle-time id [id ...] [IDLE ms] [TIME ms] [RETRYCOUNT count] [FORCE] [JUSTID]
/// [LASTID id]`
enum XCLAIM: RedisCommand {
  static let spec = CommandSpec(
    "xclaim", arity: -6, flags: [.write, .fast],
    keys: [.one([.readWrite, .update])],
    categories: [.stream],
    group: .stream, since: "5.0.0",
    complexity:
      "O(log N) with N being the number of messages in the PEL of the consumer group.",
    summary:
      "Changes (or acquires) ownership of a message in a consumer group, as if the message was delivered to "
      + "the specified consumer.",
    arguments: [
      .key(),
      .string("group"),
      .string("consumer"),
      .string("min-idle-time"),
      .string("id", .multiple),
      .integer("ms", .optional, token: "IDLE"),
      .unixTime("unix-time-milliseconds", .optional, token: "TIME"),
      .integer("count", .optional, token: "RETRYCOUNT"),
      .token("force", "FORCE", .optional),
      .token("justid", "JUSTID", .optional),
      .string("id", .optional, token: "LASTID"),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let group = try context.groupNumber(call)
    let options = try ClaimOptions(call, now: context.db.now)
    let (reply, now) = (context.reply, context.db.now)
    let effects = GroupEffects(context.journal)
    var isNew = false
    let isJournaled = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let raisesLastID = value.stream.changeGroup(group) { $0.raiseLastID(to: options.lastID) }
      let replies = reply.deferredArray()
      var claim = Claim(group: group, name: call[3], now: now, justIDs: options.justIDs, reply: reply)
      for index in options.ids {
        try claim.claim(call.id(index), options, &value.stream, call, effects)
      }
      reply.finish(replies, count: claim.claimed)
      isNew = claim.addsConsumer
      if claim.changes == 0 && raisesLastID {
        value.stream.withGroup(group) { effects.setID(call, $0) }
        claim.changes = 1
      }
      change.record(.none, by: claim.changes, servesBlocked: false)
      return claim.changes > 0
    }
    if isNew { context.db.notify(.stream("xgroup-createconsumer"), call[1]) }
    if isJournaled != true { context.journal.suppress() }
  }
}

/// What XCLAIM's arguments behind the identifiers say.
private struct ClaimOptions {
  var ids = 5..<5
  let minIdle: Int64
  var deliveryTime: Int64
  var deliveryCount: Int64?
  var isForced = false
  var justIDs = false
  var lastID = StreamID.zero

  init(_ call: borrowing Call, now: Int64) throws(CommandError) {
    guard let idle = call[4].integer else { throw .literal("ERR Invalid min-idle-time argument for XCLAIM") }
    minIdle = max(0, idle)
    deliveryTime = now
    var index = 5
    while index < call.count && call.optionalID(index) != nil { index += 1 }
    ids = 5..<index
    var given: Int64 = -1
    while index < call.count {
      let hasMore = index + 1 < call.count
      if call.matches(index, "FORCE") {
        isForced = true
      } else if call.matches(index, "JUSTID") {
        justIDs = true
      } else if hasMore && call.matches(index, "IDLE") {
        index += 1
        guard let idle = call[index].integer else { throw .literal("ERR Invalid IDLE option argument for XCLAIM") }
        given = now &- idle
      } else if hasMore && call.matches(index, "TIME") {
        index += 1
        guard let time = call[index].integer else { throw .literal("ERR Invalid TIME option argument for XCLAIM") }
        given = time
      } else if hasMore && call.matches(index, "RETRYCOUNT") {
        index += 1
        guard let count = call[index].integer else {
          throw .literal("ERR Invalid RETRYCOUNT option argument for XCLAIM")
        }
        deliveryCount = count >= 0 ? count : nil
      } else if hasMore && call.matches(index, "LASTID") {
        index += 1
        lastID = try call.id(index)
      } else {
        throw .text("ERR Unrecognized XCLAIM option '\(call[index])'")
      }
      index += 1
    }
    // Clients work with clocks of their own: what cannot be is now.
    if given >= 0 && given <= now { deliveryTime = given }
  }
}

extension Claim {
  /// Hands an entry over if the call may have it.
  fileprivate mutating func claim(
    _ id: StreamID, _ options: ClaimOptions, _ stream: inout Stream, _ call: borrowing Call, _ effects: GroupEffects
  ) {
    let pending = stream.withGroup(group) { $0.pending(id) }
    if !stream.contains(id) {
      if let pending { drop(id, pending, &stream, call, effects) }
      return
    }
    if pending == nil && !options.isForced { return }
    if let pending, options.minIdle > 0, now.subtractingSaturated(pending.deliveryTime) < options.minIdle { return }
    var count = pending?.deliveryCount ?? 1
    if let given = options.deliveryCount {
      count = given
    } else if !options.justIDs {
      count = count.addingSaturated(1)
    }
    give(id, time: options.deliveryTime, count: count, &stream, call, effects)
  }
}
