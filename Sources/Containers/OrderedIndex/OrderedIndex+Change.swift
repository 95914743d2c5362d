// Unsafe: blocks are written at their addresses, and freed after the table and the tree let go of them.

extension OrderedIndex {
  /// What a change came to.
  public enum Outcome: Sendable {
    /// The member is new.
    case added
    /// The member has another score.
    case moved
    /// All is as it was.
    case unchanged
  }

  /// Gives `member` the score that `body` makes of its present one, nil for a member that is not there; nil leaves
  /// things as they are. Scores are never NaN. O(log n).
  @discardableResult
  public mutating func update(_ member: borrowing Bytes, _ body: (Double?) -> Double?) -> Outcome {
    let state = unsafe self.state
    let hash = unsafe state.pointee.table.hash(member)
    guard let slot = unsafe state.pointee.table.entries.locate(hash, member) else {
      guard let score = body(nil) else { return .unchanged }
      precondition(!score.isNaN, "a score that has no place")
      unsafe state.pointee.table.willChange(member, hash)
      let block = unsafe state.pointee.table.allocate(ScoredEntry.leastSize(keyCount: member.count))
      unsafe ScoredEntry.store(score, member, at: block)
      unsafe state.pointee.table.entries.insert(hash, block)
      unsafe state.pointee.tree.insert(OrderedEntry(block))
      return .added
    }
    let entry = unsafe OrderedEntry(HashTable<ScoredEntry>.entry(slot.pointee))
    guard let score = body(entry.score), score != entry.score else { return .unchanged }
    precondition(!score.isNaN, "a score that has no place")
    unsafe state.pointee.table.willChange(member, hash)
    unsafe state.pointee.tree.move(entry, to: score)
    return .moved
  }

  /// Gives `member` a score, which is not NaN. O(log n).
  @discardableResult
  public mutating func set(_ member: borrowing Bytes, _ score: Double) -> Outcome { update(member) { _ in score } }

  /// Removes `member`; false when it is not there. O(log n).
  @discardableResult
  public mutating func remove(_ member: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    let hash = unsafe state.pointee.table.hash(member)
    unsafe state.pointee.table.willChange(member, hash)
    guard let block = unsafe state.pointee.table.entries.remove(hash, member) else { return false }
    unsafe state.pointee.tree.remove(OrderedEntry(block))
    unsafe state.pointee.table.deallocate(block, ScoredEntry.size(block))
    return true
  }

  /// Removes the members of these ranks. O(log n) for each leaf's worth of them.
  public mutating func removeSubrange(_ ranks: Range<Int>) {
    let state = unsafe self.state
    precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "ranks out of range")
    unsafe state.pointee.tree.removeSubrange(ranks) { leaf, run in
      // The cache misses of all of them overlap.
      if run.count > 1 {
        for index in run { leaf.prefetchEntry(index) }
        for index in run { prefetchBucket(of: leaf.entry(index).member) }
      } else if ranks.lowerBound == 0 {
        prefetch(leaf, run.upperBound, toward: 1)
      } else if ranks.upperBound == count {
        prefetch(leaf, run.lowerBound - 1, toward: -1)
      }
      for index in run { unsafe forget(leaf.entry(index).block) }
    }
  }

  /// Removals from an end, one at a time, follow one another: asks for what later ones will read. The leaf beside the
  /// first one or the last comes first, then the block of an entry, then what giving it up reads.
  private func prefetch(_ leaf: OrderedLeaf, _ next: Int, toward step: Int) {
    if leaf.count == 2 * Self.distance { (step > 0 ? leaf.next : leaf.previous)?.prefetch() }
    leaf.entry(orBeside: next + Self.distance * step)?.prefetch()
    guard let near = leaf.entry(orBeside: next + Self.distance / 2 * step) else { return }
    prefetchBucket(of: near.member)
    unsafe state.pointee.table.heap.prefetchForDeallocation(near.block)
  }

  /// How many removals ahead a block is fetched.
  private static var distance: Int { 8 }

  /// Takes a block out of the table and frees it.
  @unsafe
  private func forget(_ block: UnsafeMutableRawPointer) {
    let member = unsafe ScoredEntry.key(block)
    let hash = unsafe state.pointee.table.hash(member)
    unsafe state.pointee.table.willChange(member, hash)
    _ = unsafe state.pointee.table.entries.remove(hash, member)
    unsafe state.pointee.table.deallocate(block, ScoredEntry.size(block))
  }
}
