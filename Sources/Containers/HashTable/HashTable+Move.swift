// Growing, shrinking, and the move between arrays. Unsafe: slots are addresses.

import CLinux
import Glibc

extension HashTable {
  @usableFromInline
  mutating func prepareInsertion() {
    if moved >= 0 {
      moveSome()
    } else if pauses == 0 {
      resize()
    }
  }

  /// Has an empty table have buckets for `capacity` entries at least; nothing of one that holds something.
  public mutating func reserve(_ capacity: Int) {
    guard entryCount == 0, moved < 0, pauses == 0 else { return }
    let buckets = Self.buckets(for: capacity)
    if buckets <= mask + 1 { return }
    unsafe Self.freeSlots(slots, buckets: mask + 1)
    unsafe slots = Self.allocateSlots(buckets)
    mask = buckets - 1
    unsafe newSlots = slots
  }

  /// Begins the move to an array of the size that fits `count`.
  @usableFromInline
  mutating func resize() {
    var buckets = 1
    // Room for half as much again before the next move.
    while buckets * (Layout.loadMax * 2 / 3) < count + 1 { buckets *= 2 }
    guard buckets != mask + 1 else { return }
    // What stood in one bucket of the old array goes to as many places of the new one as that is larger.
    unsafe newSlots = Self.allocateSlots(buckets, stripes: max(1, buckets / (mask + 1)))
    newMask = buckets - 1
    moved = 0
    moveSome()
  }

  /// What one insertion or removal contributes: enough to end the move before the new array fills.
  @usableFromInline
  mutating func moveSome() {
    if pauses == 0 { move(buckets: 2) }
  }

  /// Moves up to `limit` buckets; true while some are left that may be moved, so false while paused.
  @discardableResult
  public mutating func move(buckets limit: Int) -> Bool {
    guard moved >= 0, pauses == 0 else { return false }
    var left = limit
    // Empty buckets cost little; a bound on them keeps each step short all the same.
    var empty = limit * 10
    while left > 0 && moved <= mask {
      unsafe prefetchEntries(moved + Self.prefetchDistance)
      if unsafe !moveBucket(moved) {
        empty -= 1
        if empty == 0 { break }
        moved += 1
        continue
      }
      moved += 1
      left -= 1
    }
    if moved <= mask { return true }
    unsafe Self.freeSlots(slots, buckets: mask + 1)
    unsafe slots = newSlots
    mask = newMask
    longestChain = newLongestChain
    newLongestChain = 0
    newMask = 0
    moved = -1
    return false
  }

  /// Buckets from the one that is moved to the one whose entries are asked for: what two insertions move.
  private static var prefetchDistance: Int { 4 }

  /// Asks for the entries of a bucket, whose keys tell where they go.
  @unsafe
  private func prefetchEntries(_ index: Int) {
    if index > mask { return }
    for position in 0..<8 {
      let slot = unsafe slots[index * 8 + position]
      if slot != 0 { unsafe clinux_prefetch(Self.entry(slot)) }
    }
  }

  /// Moves one chain; false when it was empty.
  @unsafe
  private mutating func moveBucket(_ index: Int) -> Bool {
    var chain = unsafe slots + index * 8
    var any = false
    var isFirst = true
    while true {
      for position in 0..<8 {
        let slot = unsafe chain[position]
        if slot == 0 || slot & Self.linkBit != 0 { continue }
        any = true
        unsafe chain[position] = 0
        let entry = unsafe Self.entry(slot)
        let hash = unsafe self.hash(Layout.key(entry))
        unsafe place(hash, slot)
      }
      let link = unsafe chain[7]
      unsafe chain[7] = 0
      if !isFirst {
        unsafe heap.deallocate(chain, Self.bucketBytes)
        overflowBuckets -= 1
      }
      if link & Self.linkBit == 0 { return any }
      unsafe chain = Self.overflow(link)
      isFirst = false
    }
  }

  /// Puts a slot into the new array.
  @unsafe
  private mutating func place(_ hash: UInt64, _ slot: UInt) {
    let first = unsafe newSlots + (Int(truncatingIfNeeded: hash) & newMask) * 8
    for index in 0..<8 {
      if unsafe first[index] == 0 {
        unsafe first[index] = slot
        return
      }
    }
    let length = unsafe insertIntoOverflow(first, slot)
    newLongestChain = max(newLongestChain, length)
  }
}
