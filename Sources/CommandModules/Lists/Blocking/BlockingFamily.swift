import ListValues
import ServerKernel

/// BLPOP and BRPOP: an element of the first list there is, or the wait for one.
func popOrBlock(_ call: borrowing Call, _ context: inout Context, at end: ListEnd) throws(CommandError) {
  let timeout = try call.timeout(call.count - 1)
  let keys = 1..<call.count - 1
  let reply = context.reply
  for index in context.keysToTry(call, keys) {
    let key = call[index]
    let isList: Void? = try context.db.updateExisting(ListValue.self, key) { list, change throws(CommandError) in
      reply.array(2)
      reply.bulk(key)
      reply.bulk(list.element(at: end))
      list.removeOne(end)
      change.record(end.popEvent)
    }
    if isList != nil { return context.journal.replace(end.popName, key) }
  }
  context.block(call, keys: keys, until: ListValue.self, milliseconds: timeout, onTimeout: .nullArray)
}
