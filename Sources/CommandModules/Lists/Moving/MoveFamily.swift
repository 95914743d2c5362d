import Containers
import ListValues
import ServerKernel

/// Moves the element at one end of the list at argument 1 to an end of the list at argument 2, and replies it; false,
/// without a reply, when there is no source.
func moveElement(
  _ call: borrowing Call, _ context: inout Context, from source: ListEnd, to destination: ListEnd
) throws(CommandError) -> Bool {
  var element = ByteBuffer()
  if let list = try context.db.valueForUpdate(ListValue.self, call[1]) {
    element.append(list.value.element(at: source))
  } else {
    return false
  }
  // Pushed first: the events come in this order, and one list may be both.
  try context.db.update(ListValue.self, call[2]) { list, change throws(CommandError) in
    list.push(element.bytes, destination)
    change.touch(destination.pushEvent)
  }
  _ = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
    list.removeOne(source)
    change.record(source.popEvent)
  }
  context.reply.bulk(element.bytes)
  return true
}
