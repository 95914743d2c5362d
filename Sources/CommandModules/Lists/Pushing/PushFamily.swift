import ListValues
import ServerKernel

/// Adds the call's elements to a list at one end; returns how many it has then.
func pushElements(
  _ call: borrowing Call, _ context: inout Context, at end: ListEnd
) throws(CommandError) -> Int {
  try ListValue.checkElements(call, from: 2)
  return try context.db.update(ListValue.self, call[1]) { list, change throws(CommandError) in
    list.push(call, from: 2, end)
    change.record(end.pushEvent, by: call.count - 2)
    return list.count
  }
}

/// As `pushElements`, for a list that exists; 0 when it does not.
func pushElementsToExisting(
  _ call: borrowing Call, _ context: inout Context, at end: ListEnd
) throws(CommandError) -> Int {
  try ListValue.checkElements(call, from: 2)
  let count = try context.db.updateExisting(ListValue.self, call[1]) { list, change throws(CommandError) in
    list.push(call, from: 2, end)
    change.record(end.pushEvent, by: call.count - 2)
    return list.count
  }
  return count ?? 0
}
