import Containers
import ServerKernel
import SortedSetValues

extension SortedSetValue {
  /// Replies up to `count` members from an end on with their scores, each pair an array of its own if they are
  /// `nested`, and removes them; returns how many. The caller has announced them.
  mutating func pop(_ count: Int, _ end: ScoreEnd, nested: Bool, to reply: Reply) -> Int {
    let size = self.count
    let taken = Swift.min(count, size)
    let ranks = end == .min ? 0..<taken : size - taken..<size
    forEach(in: ranks, isReversed: end == .max) { member, score in
      if nested { reply.array(2) }
      reply.bulk(member)
      reply.double(score)
    }
    removeSubrange(ranks)
    return taken
  }
}

/// ZPOPMIN and ZPOPMAX.
func popMembers(_ call: borrowing Call, _ context: inout Context, at end: ScoreEnd) throws(CommandError) {
  if call.count > 3 { throw .syntax }
  let count = call.count == 3 ? try call.popCount(2) : 1
  let reply = context.reply
  // Without a count the pair is the array, in RESP3 as well.
  let nested = call.count == 3 && reply.isRESP3
  let isThere: Void? = try context.db.updateExisting(SortedSetValue.self, call[1]) { set, change throws(CommandError) in
    let taken = min(count, set.count)
    reply.array(nested ? taken : taken * 2)
    change.record(end.popEvent, by: set.pop(taken, end, nested: nested, to: reply))
  }
  if isThere == nil { reply.array(0) }
}

/// The arguments that ZMPOP and BZMPOP have in common: `numkeys key [key ...] MIN|MAX [COUNT count]`.
struct MultiPop {
  let keys: Range<Int>
  let end: ScoreEnd
  let count: Int

  init(_ call: borrowing Call, from first: Int) throws(CommandError) {
    keys = try call.keysToPop(from: first)
    end = try call.scoreEnd(keys.upperBound)
    count = try call.optionalPopCount(from: keys.upperBound + 1)
  }

  /// Replies the first set's name and members, which are removed; false when none of the keys holds a set.
  func execute(_ call: borrowing Call, _ context: inout Context, _ keys: Range<Int>) throws(CommandError) -> Bool {
    let reply = context.reply
    let (count, end) = (self.count, self.end)
    for index in keys {
      let popped = try context.db.updateExisting(SortedSetValue.self, call[index]) { set, change throws(CommandError) in
        reply.array(2)
        reply.bulk(call[index])
        let taken = min(count, set.count)
        reply.array(taken)
        change.record(end.popEvent, by: set.pop(taken, end, nested: true, to: reply))
        return taken
      }
      guard let popped else { continue }
      let number = DecimalText(popped)
      context.journal.replace(end.popName, call[index], number.bytes)
      return true
    }
    return false
  }
}

/// BZPOPMIN and BZPOPMAX: a member of the first sorted set there is, or the wait for one.
func popOrBlock(_ call: borrowing Call, _ context: inout Context, at end: ScoreEnd) throws(CommandError) {
  let timeout = try call.timeout(call.count - 1)
  let keys = 1..<call.count - 1
  let reply = context.reply
  for index in context.keysToTry(call, keys) {
    let key = call[index]
    let isThere: Void? = try context.db.updateExisting(SortedSetValue.self, key) { set, change throws(CommandError) in
      reply.array(3)
      reply.bulk(key)
      change.record(end.popEvent, by: set.pop(1, end, nested: false, to: reply))
    }
    if isThere != nil { return context.journal.replace(end.popName, key) }
  }
  context.block(call, keys: keys, until: SortedSetValue.self, milliseconds: timeout, onTimeout: .nullArray)
}
