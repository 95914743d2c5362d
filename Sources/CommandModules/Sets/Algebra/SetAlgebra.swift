import Containers
import ServerKernel
import SetValues

/// Visits the members that all sets have, of which the smallest is walked, until `visit` returns false.
func forEachCommonMember(
  _ values: ValueViews<SetValue>, while visit: (_ member: borrowing PackedElement) -> Bool
) {
  var sets = values
  if !sets.areAllThere { return }
  sets.sort { $0.count < $1.count }
  guard let smallest = sets[0] else { return }
  guard sets.count > 1, let second = sets[1] else {
    smallest.value.forEachMember(while: visit)
    return
  }
  let others = sets
  smallest.value.forEachCommon(second.value) { member in
    for index in 2..<others.count where !(others[index]?.value.contains(member) ?? false) { return true }
    return visit(member)
  }
}

/// A set of the members that any of the sets has.
func union(of values: ValueViews<SetValue>) -> SetValue {
  var sets = values
  // A large one is copied as a whole.
  sets.sort { $0.count > $1.count }
  var result = SetValue()
  for index in 0..<sets.count {
    if let set = sets[index] { result.formUnion(set.value) }
  }
  return result
}

/// Visits the members of the first set that none of the others has.
func forEachDifference(
  _ values: ValueViews<SetValue>, _ visit: (_ member: borrowing PackedElement) -> Void
) {
  guard let first = values[0] else { return }
  // Either each member of the first set is looked up in the others, or each of theirs is removed from a copy. What that
  // costs is estimated as Redis does, which holds that the former has an advantage.
  var lookups = 0, removals = 0
  for index in 0..<values.count {
    if index > 0 && values.isSame(0, index) { return }
    guard let set = values[index] else { continue }
    lookups += first.value.count
    removals += set.value.count
  }
  if lookups / 2 > removals {
    var left = SetValue()
    left.formUnion(first.value)
    for index in 1..<values.count {
      if let set = values[index] { left.subtract(set.value) }
      if left.isEmpty { break }
    }
    return left.forEach(visit)
  }
  // The largest first: it is the most likely one to have a member.
  var sets = values
  sets.sort(from: 1) { $0.count > $1.count }
  guard sets.count > 1, let largest = sets[1] else { return first.value.forEach(visit) }
  let others = sets
  first.value.forEachMissing(from: largest.value) { member in
    for index in 2..<others.count where others[index]?.value.contains(member) ?? false { return }
    visit(member)
  }
}

/// Stores the result of an operation under the call's first argument, in place of whatever is there, and replies how
/// many members it has. An empty one only removes the key.
func storeResult(
  _ result: consuming SetValue, _ call: borrowing Call, _ context: inout Context, event: StaticString
) {
  let count = result.count
  if count > 0 { context.db.store(result, call[1], .set(event)) } else { context.db.remove(call[1]) }
  context.reply.integer(count)
}
