import Containers
import ListValues
import ServerKernel

/// LPOP and RPOP: an element, or with a count an array of them.
func popElements(
  _ call: borrowing Call, _ context: inout Context, at end: ListEnd, command: StaticString
) throws(CommandError) {
  if call.count > 3 { throw .wrongArity(command.description) }
  let reply = context.reply
  if call.count == 2 {
    let isList: Void? = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
      reply.bulk(list.element(at: end))
      list.removeOne(end)
      change.record(end.popEvent)
    }
    if isList == nil { reply.null() }
    return
  }
  let count = try call.popCount(2)
  let isList: Void? = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
    change.record(end.popEvent, by: list.pop(count, end, to: reply))
  }
  if isList == nil { reply.nullArray() }
}

extension ListValue {
  /// Replies up to `count` elements from an end on, as an array, and removes them; returns how many.
  mutating func pop(_ count: Int, _ end: ListEnd, to reply: Reply) -> Int {
    let size = self.count
    let taken = min(count, size)
    reply.array(taken)
    switch end {
    case .left:
      forEach(in: 0..<taken) { reply.bulk($0) }
      removeSubrange(0..<taken)
    case .right:
      forEachReversed(in: size - taken..<size) { reply.bulk($0) }
      removeSubrange(size - taken..<size)
    }
    return taken
  }
}

/// The arguments that LMPOP and BLMPOP have in common: `numkeys key [key ...] LEFT|RIGHT [COUNT count]`.
struct MultiPop {
  let keys: Range<Int>
  let end: ListEnd
  let count: Int

  init(_ call: borrowing Call, from first: Int) throws(CommandError) {
    keys = try call.keysToPop(from: first)
    end = try call.listEnd(keys.upperBound)
    count = try call.optionalPopCount(from: keys.upperBound + 1)
  }

  /// Replies the first list's name and elements, which are removed; false when none of the keys holds a list.
  func execute(_ call: borrowing Call, _ context: inout Context, _ keys: Range<Int>) throws(CommandError) -> Bool {
    let reply = context.reply
    let (count, end) = (self.count, self.end)
    for index in keys {
      let popped = try context.db.updateExisting(ListValue.self, call[index]) { list, change throws(CommandError) in
        reply.array(2)
        reply.bulk(call[index])
        let popped = list.pop(count, end, to: reply)
        change.record(end.popEvent, by: popped)
        return popped
      }
      guard let popped else { continue }
      let number = DecimalText(popped)
      context.journal.replace(end.popName, call[index], number.bytes)
      return true
    }
    return false
  }
}
