// A walk over a table in pieces that shows it as it was when the walk began, while it goes on changing.
//
// The table keeps its size meanwhile, so a field's bucket stands for its place in the walk. A field that is about to
// change before the walk has reached it is put aside with its old value, and passed over later; so is a field
// that was not there. What this costs is paid by those that change.
//
// Unsafe: blocks are read at their addresses.

/// What a table that is being walked remembers.
final class FieldWalk {
  /// The bucket that comes next, counted over both arrays of a table that is between two sizes.
  fileprivate(set) var position = 0
  /// Fields beyond it that are done with: put aside, or added since the walk began.
  fileprivate var handled = FieldSet()
  /// Old values of fields that changed, not visited yet.
  fileprivate var aside = FieldTable()
}

extension HashTable {
  /// The place of a hash in the order of `visit(position:)`; it holds while the table is paused.
  func position(of hash: UInt64) -> Int {
    let index = Int(truncatingIfNeeded: hash) & mask
    if moved < 0 { return index }
    if index >= moved { return index - moved }
    return mask + 1 - moved + Int(truncatingIfNeeded: hash) & newMask
  }

  var positionCount: Int { moved < 0 ? mask + 1 : mask + 1 - moved + newMask + 1 }

  /// Visits the entries whose hashes have this position.
  @unsafe
  func visit(position: Int, _ visit: (UnsafeMutableRawPointer) -> Void) {
    let first = max(moved, 0)
    let old = mask + 1 - first
    unsafe visitChain(position < old ? slots + (first + position) * 8 : newSlots + (position - old) * 8, visit)
  }
}

extension FieldTable {
  /// Begins a walk; the table keeps its size until `endWalk`.
  public mutating func beginWalk() {
    unsafe state.pointee.entries.pauses += 1
    unsafe state.pointee.walk = FieldWalk()
  }

  /// Visits some `limit` more fields as they were when the walk began; false when there are no more.
  public mutating func continueWalk(fields limit: Int, _ visit: (Bytes, Bytes) -> Void) -> Bool {
    guard let walk = unsafe state.pointee.walk else { return false }
    if walk.aside.count > 0 {
      walk.aside.forEach(visit)
      walk.aside = FieldTable()
    }
    var visited = 0
    while visited < limit {
      if unsafe walk.position >= state.pointee.entries.positionCount { return false }
      unsafe state.pointee.entries.visit(position: walk.position) { block in
        let field = unsafe FieldEntry.key(block)
        if !walk.handled.isEmpty && walk.handled.contains(field) { return }
        unsafe visit(field, FieldEntry.value(block))
        visited += 1
      }
      walk.position += 1
    }
    return true
  }

  /// Ends the walk, at its end or before.
  public mutating func endWalk() {
    if unsafe state.pointee.walk == nil { return }
    unsafe state.pointee.walk = nil
    unsafe state.pointee.entries.pauses -= 1
  }

  /// A field is about to be set, added or removed while the table is walked.
  func willChange(_ field: borrowing Bytes, _ hash: UInt64, _ walk: FieldWalk) {
    if unsafe state.pointee.entries.position(of: hash) < walk.position { return }
    guard walk.handled.insert(field) else { return }
    if let block = unsafe state.pointee.entries.find(hash, field) {
      unsafe walk.aside.set(field, FieldEntry.value(block))
    }
  }
}
