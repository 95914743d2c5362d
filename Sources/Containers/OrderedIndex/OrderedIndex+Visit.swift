// Unsafe: visitors are given views of blocks, which last for the call.

import CLinux

extension OrderedTree {
  /// Entries that are fetched ahead of the visit.
  private static var distance: Int { 12 }

  /// Visits the entries of some ranks in their order.
  func visit(_ ranks: Range<Int>, _ visit: (OrderedEntry) -> Void) {
    guard !ranks.isEmpty, let place = locate(rank: ranks.lowerBound) else { return }
    var leaf = place.leaf
    var index = place.index
    var left = ranks.count
    for ahead in index..<min(index + min(Self.distance, left), leaf.count) { leaf.prefetchEntry(ahead) }
    while true {
      let end = min(leaf.count, index + left)
      let next = index + left > leaf.count ? leaf.next : nil
      if let next { next.prefetch() }
      left -= end - index
      while index < end {
        let ahead = index + Self.distance
        if ahead < end {
          leaf.prefetchEntry(ahead)
        } else if let next, ahead - leaf.count < min(left, next.count) {
          next.prefetchEntry(ahead - leaf.count)
        }
        visit(leaf.entry(index))
        index += 1
      }
      guard left > 0, let next else { return }
      leaf = next
      index = 0
    }
  }

  /// Visits the entries of some ranks from the last to the first.
  func visitReversed(_ ranks: Range<Int>, _ visit: (OrderedEntry) -> Void) {
    guard !ranks.isEmpty, let place = locate(rank: ranks.upperBound - 1) else { return }
    var leaf = place.leaf
    var index = place.index
    var left = ranks.count
    for ahead in max(0, index - min(Self.distance, left - 1))...index { leaf.prefetchEntry(ahead) }
    while true {
      let next = left > index + 1 ? leaf.previous : nil
      if let next { next.prefetch() }
      while index >= 0 && left > 0 {
        let ahead = index - Self.distance
        if left > Self.distance {
          if ahead >= 0 {
            leaf.prefetchEntry(ahead)
          } else if let next, next.count + ahead >= 0 {
            next.prefetchEntry(next.count + ahead)
          }
        }
        visit(leaf.entry(index))
        index -= 1
        left -= 1
      }
      guard left > 0, let next else { return }
      leaf = next
      index = leaf.count - 1
    }
  }
}

extension OrderedIndex {
  /// Visits the members of these ranks in their order. O(log n + ranks).
  public func forEach(in ranks: Range<Int>, _ visit: (Bytes, Double) -> Void) {
    precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "ranks out of range")
    unsafe state.pointee.tree.visit(ranks) { entry in visit(entry.member, entry.score) }
  }

  /// Visits the members of these ranks from the last to the first. O(log n + ranks).
  public func forEachReversed(in ranks: Range<Int>, _ visit: (Bytes, Double) -> Void) {
    precondition(ranks.lowerBound >= 0 && ranks.upperBound <= count, "ranks out of range")
    unsafe state.pointee.tree.visitReversed(ranks) { entry in visit(entry.member, entry.score) }
  }

  /// Visits the few members that `cursor` stands for, and returns the next cursor; see `FieldTable.scan`.
  public func scan(cursor: UInt64, _ visit: (Bytes, Double) -> Void) -> UInt64 {
    UInt64(
      unsafe state.pointee.table.entries.scan(UInt(cursor)) { block in
        let entry = unsafe OrderedEntry(block)
        visit(entry.member, entry.score)
      })
  }

  /// Visits every member with its score, and with the score that it has in `other`, nil where it is not; in no order,
  /// until `visit` returns false. O(count).
  public func forEach(
    in other: borrowing OrderedIndex, while visit: (_ member: Bytes, _ score: Double, _ other: Double?) -> Bool
  ) {
    let others = unsafe other.state
    unsafe state.pointee.table.forEachBatch { batch in
      unsafe others.pointee.table.prepare(&batch, of: ScoredEntry.self)
      for index in 0..<batch.count {
        let entry = unsafe OrderedEntry(batch.block(index))
        let member = entry.member
        let found = unsafe others.pointee.table.entries.find(batch.hash(index), member)
        if unsafe !visit(member, entry.score, found.map { unsafe OrderedEntry($0).score }) { return false }
      }
      return true
    }
  }
}
