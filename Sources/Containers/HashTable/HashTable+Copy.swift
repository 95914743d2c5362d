// Unsafe: slots are addresses.

import CLinux

extension HashTable {
  /// A table of the same shape, whose entries are what `copy` makes of those of `other`: the same keys at other
  /// addresses. `other` is not moving.
  ///
  /// No key is hashed, and both arrays are gone through in the order of memory. O(buckets).
  @unsafe
  init(copying other: borrowing HashTable, _ copy: (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer) {
    precondition(!other.isMoving, "a table between two sizes")
    hash = other.hash
    heap = other.heap
    mask = other.mask
    unsafe slots = Self.allocateSlots(other.mask + 1)
    unsafe newSlots = slots
    entryCount = other.entryCount
    longestChain = other.longestChain
    for bucket in 0...mask {
      unsafe other.prefetchEntries(ofBucket: bucket + 6)
      unsafe copyChain(other.slots + bucket * 8, to: slots + bucket * 8, copy)
    }
  }

  @unsafe
  private func prefetchEntries(ofBucket bucket: Int) {
    if bucket > mask { return }
    for index in 0..<8 {
      let slot = unsafe slots[bucket * 8 + index]
      if slot != 0 { unsafe clinux_prefetch(Self.entry(slot & ~Self.linkBit)) }
    }
  }

  @unsafe
  private mutating func copyChain(
    _ chain: Slots, to place: Slots, _ copy: (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer
  ) {
    var (chain, place) = unsafe (chain, place)
    while true {
      for index in 0..<8 {
        let slot = unsafe chain[index]
        if Self.isEntry(slot) {
          unsafe place[index] = UInt(bitPattern: copy(Self.entry(slot))) | slot & ~Self.addressMask
        }
      }
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return }
      let overflow = unsafe heap.allocate(Self.bucketBytes).bindMemory(to: UInt.self, capacity: 8)
      unsafe overflow.initialize(repeating: 0, count: 8)
      overflowBuckets += 1
      unsafe place[7] = UInt(bitPattern: overflow) | Self.linkBit
      unsafe (chain, place) = (Self.overflow(link), overflow)
    }
  }
}
