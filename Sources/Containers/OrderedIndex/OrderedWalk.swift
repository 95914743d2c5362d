// A walk over an ordered index in pieces that shows it as it was when the walk began, while it goes on changing: as
// FieldWalk.swift has it, along the buckets of the hash table. Elements come in no order.
//
// Unsafe: blocks are read at their addresses.

/// What an index that is being walked remembers.
final class OrderedWalk {
  /// The bucket that comes next, in the order of `HashTable.visit(position:)`.
  fileprivate var position = 0
  /// Members beyond it that are done with: put aside, or added since the walk began.
  fileprivate var handled: FieldSet
  /// Old scores, as their eight bytes, of members that changed and were not visited yet.
  fileprivate var aside: FieldTable
  private let heap: Heap

  init(_ heap: Heap) {
    handled = FieldSet(hash: fieldHash, heap: heap)
    aside = FieldTable(hash: fieldHash, heap: heap)
    self.heap = heap
  }

  /// Visits the old scores that were put aside, and forgets them.
  fileprivate func visitAside(_ visit: (Bytes, Double) -> Void) {
    if aside.isEmpty { return }
    aside.forEach { member, score in visit(member, Double(bitPattern: score.word(at: 0))) }
    aside = FieldTable(hash: fieldHash, heap: heap)
  }
}

extension OrderedIndex {
  /// Whether a walk is under way, which has to find what it began with.
  public var isWalked: Bool { unsafe state.pointee.walk != nil }

  /// Begins a walk; the hash table keeps its size until `endWalk`.
  public mutating func beginWalk() {
    unsafe state.pointee.table.entries.pauses += 1
    unsafe state.pointee.walk = OrderedWalk(state.pointee.table.heap)
  }

  /// Visits some `limit` more members as they were when the walk began; false when there are no more.
  public mutating func continueWalk(members limit: Int, _ visit: (Bytes, Double) -> Void) -> Bool {
    guard let walk = unsafe state.pointee.walk else { return false }
    walk.visitAside(visit)
    var visited = 0
    while visited < limit {
      if unsafe walk.position >= state.pointee.table.entries.positionCount { return false }
      unsafe state.pointee.table.entries.visit(position: walk.position) { block in
        let entry = unsafe OrderedEntry(block)
        if !walk.handled.isEmpty && walk.handled.contains(entry.member) { return }
        visit(entry.member, entry.score)
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
    unsafe state.pointee.table.entries.pauses -= 1
  }

  /// A member is about to be added, moved or removed while the index is walked.
  func willChange(_ member: borrowing Bytes, _ hash: UInt64, _ walk: OrderedWalk) {
    if unsafe state.pointee.table.entries.position(of: hash) < walk.position { return }
    guard walk.handled.insert(member) else { return }
    if let block = unsafe state.pointee.table.entries.find(hash, member) {
      // The score stands at the front of the block.
      unsafe walk.aside.set(member, Bytes(unsafeStart: block, count: 8))
    }
  }
}
