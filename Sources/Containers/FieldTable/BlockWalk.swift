// A walk over a table in pieces that shows it as it was when the walk began, while it goes on changing.
//
// The table keeps its size meanwhile, so an entry's bucket stands for its place in the walk. An entry that is about to
// change before the walk has reached it is put aside as it was, and passed over later; so is one that was not there.
// What this costs is paid by those that change.
//
// Unsafe: blocks are read at their addresses.

/// What a table that is being walked remembers.
final class BlockWalk<Layout: BlockLayout> {
  /// The bucket that comes next, counted over both arrays of a table that is between two sizes.
  fileprivate var position = 0
  /// Keys beyond it that are done with: put aside, or added since the walk began.
  fileprivate var handled: FieldSet
  /// Copies of blocks as they were, not visited yet.
  fileprivate var aside: BlockTable<Layout>

  init(hash: KeyHash, heap: Heap) {
    handled = FieldSet(hash: hash, heap: heap)
    aside = BlockTable(hash: hash, heap: heap)
  }
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
    unsafe Self.visitChain(position < old ? slots + (first + position) * 8 : newSlots + (position - old) * 8, visit)
  }
}

extension BlockTable {
  /// Begins a walk; the table keeps its size until `endWalk`.
  mutating func beginWalk() {
    entries.pauses += 1
    walk = BlockWalk(hash: hash, heap: heap)
  }

  /// Visits some `limit` more blocks as they were when the walk began; false when there are no more.
  @unsafe
  mutating func continueWalk(_ limit: Int, _ visit: (UnsafeMutableRawPointer) -> Void) -> Bool {
    guard let walk else { return false }
    if walk.aside.entries.count > 0 {
      unsafe walk.aside.forEach(visit)
      walk.aside = BlockTable(hash: hash, heap: heap)
    }
    var visited = 0
    while visited < limit {
      if walk.position >= entries.positionCount { return false }
      unsafe entries.visit(position: walk.position) { block in
        if unsafe !walk.handled.isEmpty && walk.handled.contains(Layout.key(block)) { return }
        unsafe visit(block)
        visited += 1
      }
      walk.position += 1
    }
    return true
  }

  /// Ends the walk, at its end or before.
  mutating func endWalk() {
    if walk == nil { return }
    walk = nil
    entries.pauses -= 1
  }

  /// An entry is about to be set, added or removed, perhaps while the table is walked.
  @inline(__always)
  mutating func willChange(_ key: borrowing Bytes, _ hash: UInt64) {
    if let walk { putAside(key, hash, walk) }
  }

  private mutating func putAside(_ key: borrowing Bytes, _ hash: UInt64, _ walk: BlockWalk<Layout>) {
    if entries.position(of: hash) < walk.position { return }
    guard walk.handled.insert(key) else { return }
    if let block = unsafe entries.find(hash, key) { unsafe walk.aside.insertCopy(of: block, hash) }
  }
}

extension FieldTable {
  /// Begins a walk; the table keeps its size until `endWalk`.
  public mutating func beginWalk() {
    let state = unsafe self.state
    unsafe state.pointee.beginWalk()
  }

  /// Visits some `limit` more fields as they were when the walk began; false when there are no more.
  public mutating func continueWalk(fields limit: Int, _ visit: (Bytes, Bytes) -> Void) -> Bool {
    let state = unsafe self.state
    return unsafe state.pointee.continueWalk(limit) { block in
      unsafe visit(FieldEntry.key(block), FieldEntry.value(block))
    }
  }

  /// Ends the walk, at its end or before.
  public mutating func endWalk() {
    let state = unsafe self.state
    unsafe state.pointee.endWalk()
  }
}

extension FieldSet {
  /// Begins a walk; the set's table keeps its size until `endWalk`.
  public mutating func beginWalk() {
    let state = unsafe self.state
    unsafe state.pointee.beginWalk()
  }

  /// Visits some `limit` more members as they were when the walk began; false when there are no more.
  public mutating func continueWalk(members limit: Int, _ visit: (Bytes) -> Void) -> Bool {
    let state = unsafe self.state
    return unsafe state.pointee.continueWalk(limit) { block in unsafe visit(MemberEntry.key(block)) }
  }

  /// Ends the walk, at its end or before.
  public mutating func endWalk() {
    let state = unsafe self.state
    unsafe state.pointee.endWalk()
  }
}
