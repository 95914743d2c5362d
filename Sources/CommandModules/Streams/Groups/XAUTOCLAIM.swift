import Containers
import ServerKernel
import StreamValues

/// `XAUTOCLAIM key group consumer min-idle-time start [COUNT count] [JUSTID]`
enum XAUTOCLAIM: RedisCommand {
  static let spec = CommandSpec(
    "xautoclaim", arity: -6, flags: [.write, .fast],
    keys: [.one([.readWrite, .delete])],
    categories: [.stream],
    group: .stream, since: "6.2.0", complexity: "O(1) if COUNT is small.",
    summary:
      "Changes (or acquires) ownership of messages in a consumer group, as if the messages were delivered to "
      + "the specified consumer.",
    arguments: [
      .key(),
      .string("group"),
      .string("consumer"),
      .string("min-idle-time"),
      .string("start"),
      .integer("count", .optional, token: "COUNT"),
      .token("justid", "JUSTID", .optional),
    ],
    history: [
      ("7.0.0", 
        "Added an element to the reply array, containing deleted entries the command cleared from the PEL"),
    ],
    hints: ["nondeterministic_output"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try AutoclaimOptions(call)
    let group = try context.groupNumber(call)
    let (reply, now) = (context.reply, context.db.now)
    let effects = GroupEffects(context.journal)
    var isNew = false
    let isJournaled = try context.db.updateExisting(StreamValue.self, call[1]) { value, change throws(CommandError) in
      let found = value.stream.idleEntries(group, options, now)
      reply.array(3)
      reply.id(found.next)
      var claim = Claim(group: group, name: call[3], now: now, justIDs: options.justIDs, reply: reply)
      reply.array(found.claimed.count)
      for id in found.all {
        guard let pending = value.stream.withGroup(group, { $0.pending(id) }) else { continue }
        if value.stream.contains(id) {
          let count = options.justIDs ? pending.deliveryCount : pending.deliveryCount.addingSaturated(1)
          claim.give(id, time: now, count: count, &value.stream, call, effects)
        } else {
          claim.drop(id, pending, &value.stream, call, effects)
        }
      }
      reply.array(found.gone.count)
      for id in found.gone { reply.id(id) }
      isNew = claim.addsConsumer
      change.record(.none, by: claim.changes, servesBlocked: false)
      return claim.changes > 0
    }
    if isNew { context.db.notify(.stream("xgroup-createconsumer"), call[1]) }
    if isJournaled != true { context.journal.suppress() }
  }
}

private struct AutoclaimOptions {
  let minIdle: Int64
  let start: StreamID
  var count = 100
  var justIDs = false

  /// More pending entries are looked at than are claimed, but not all.
  var attempts: Int { count * Self.attemptsPerEntry }
  private static var attemptsPerEntry: Int { 10 }

  init(_ call: borrowing Call) throws(CommandError) {
    guard let idle = call[4].integer else { throw .literal("ERR Invalid min-idle-time argument for XAUTOCLAIM") }
    minIdle = max(0, idle)
    start = try call.startOfRange(5)
    var index = 6
    while index < call.count {
      if index + 1 < call.count && call.matches(index, "COUNT") {
        guard let number = call[index + 1].integer, number >= 1, number <= Int64.max / 16 else {
          throw .literal("ERR COUNT must be > 0")
        }
        count = Int(number)
        index += 1
      } else if call.matches(index, "JUSTID") {
        justIDs = true
      } else {
        throw .syntax
      }
      index += 1
    }
  }
}

/// What XAUTOCLAIM comes across: entries that were pending for long enough, and such as are in the stream no more.
private struct IdleEntries {
  var claimed: [StreamID] = []
  var gone: [StreamID] = []
  var all: [StreamID] = []
  /// The one to go on with.
  var next = StreamID.zero
}

extension Stream {
  fileprivate func idleEntries(_ group: Int, _ options: AutoclaimOptions, _ now: Int64) -> IdleEntries {
    var found = IdleEntries()
    var attempts = options.attempts
    withGroup(group) { group in
      group.forEachPending(from: options.start, to: .max) { id, pending in
        if attempts == 0 || found.all.count == options.count {
          found.next = id
          return false
        }
        attempts -= 1
        if !contains(id) {
          found.gone.append(id)
          found.all.append(id)
        } else if options.minIdle == 0 || now.subtractingSaturated(pending.deliveryTime) >= options.minIdle {
          found.claimed.append(id)
          found.all.append(id)
        }
        return true
      }
    }
    return found
  }
}
