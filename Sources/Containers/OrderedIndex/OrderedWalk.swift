// Unsafe: blocks are read at their addresses.

// A walk in pieces, along the buckets of the hash table (BlockWalk.swift): members come in no order.
extension OrderedIndex {
  /// Whether a walk is under way, which has to find what it began with.
  public var isWalked: Bool { unsafe state.pointee.table.walk != nil }

  /// Begins a walk; the hash table keeps its size until `endWalk`.
  public mutating func beginWalk() {
    let state = unsafe self.state
    unsafe state.pointee.table.beginWalk()
  }

  /// Visits some `limit` more members as they were when the walk began; false when there are no more.
  public mutating func continueWalk(members limit: Int, _ visit: (Bytes, Double) -> Void) -> Bool {
    let state = unsafe self.state
    return unsafe state.pointee.table.continueWalk(limit) { block in
      let entry = unsafe OrderedEntry(block)
      visit(entry.member, entry.score)
    }
  }

  /// Ends the walk, at its end or before.
  public mutating func endWalk() {
    let state = unsafe self.state
    unsafe state.pointee.table.endWalk()
  }
}
