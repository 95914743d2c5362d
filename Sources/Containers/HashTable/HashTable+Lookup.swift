// Finding, inserting, replacing and removing entries. Unsafe: slots are addresses.

import CLinux

extension HashTable {
  /// Asks for the cache line of the bucket that a lookup of this hash reads.
  @inlinable
  public func prefetchBucket(_ hash: UInt64) {
    unsafe clinux_prefetch(bucket(hash))
  }

  /// Asks for the first cache line of the entry whose tag fits this hash, once its bucket has arrived.
  @inlinable
  public func prefetchEntry(_ hash: UInt64) {
    let first = unsafe bucket(hash)
    let tag = UInt(hash) & ~Self.addressMask
    for index in 0..<8 {
      let slot = unsafe first[index]
      if slot & ~Self.addressMask == tag && slot != 0 {
        unsafe clinux_prefetch(Self.entry(slot & ~Self.linkBit))
        return
      }
    }
  }

  /// The slot that holds the entry of `key`.
  @unsafe @inlinable
  func locate(_ hash: UInt64, _ key: borrowing Bytes) -> Slots? {
    var chain = unsafe bucket(hash)
    let tag = UInt(hash) & ~Self.addressMask
    while true {
      for index in 0..<8 {
        let slot = unsafe chain[index]
        // A link has a clear tag and bit 0 set.
        if slot & ~Self.addressMask == tag && slot & Self.addressMask != 0 && slot & Self.linkBit == 0 {
          let found = unsafe Layout.key(Self.entry(slot))
          if found == key { return unsafe chain + index }
        }
      }
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return nil }
      unsafe chain = Self.overflow(link)
    }
  }

  /// The entry of `key`, whose hash the caller has computed.
  @unsafe @inlinable
  public func find(_ hash: UInt64, _ key: borrowing Bytes) -> UnsafeMutableRawPointer? {
    guard let place = unsafe locate(hash, key) else { return nil }
    return unsafe Self.entry(place.pointee)
  }

  /// Adds an entry whose key is not in the table.
  @unsafe @inlinable
  public mutating func insert(_ hash: UInt64, _ entry: UnsafeMutableRawPointer) {
    if count >= (mask &+ 1) &* 6 || moved >= 0 { prepareInsertion() }
    let first = unsafe bucket(hash)
    for index in 0..<8 {
      if unsafe first[index] == 0 {
        unsafe first[index] = Self.slot(entry, hash)
        entryCount &+= 1
        return
      }
    }
    unsafe insertIntoOverflow(first, Self.slot(entry, hash))
    entryCount &+= 1
  }

  @unsafe @usableFromInline
  mutating func insertIntoOverflow(_ bucket: Slots, _ slot: UInt) {
    var chain = unsafe bucket
    while unsafe chain[7] & Self.linkBit != 0 {
      unsafe chain = Self.overflow(chain[7])
      for index in 0..<8 {
        if unsafe chain[index] == 0 {
          unsafe chain[index] = slot
          return
        }
      }
    }
    let overflow = unsafe Self.allocateSlots(1)
    overflowBuckets += 1
    unsafe overflow[0] = chain[7]
    unsafe overflow[1] = slot
    unsafe chain[7] = UInt(bitPattern: overflow) | Self.linkBit
  }

  /// Points the slot of `key` at another entry with the same key; false when the key is not there.
  @unsafe @inlinable
  @discardableResult
  public func replace(_ hash: UInt64, _ key: borrowing Bytes, with entry: UnsafeMutableRawPointer) -> Bool {
    guard let place = unsafe locate(hash, key) else { return false }
    unsafe place.pointee = Self.slot(entry, hash)
    return true
  }

  /// Takes the entry of `key` out of the table and returns it.
  @unsafe @inlinable
  public mutating func remove(_ hash: UInt64, _ key: borrowing Bytes) -> UnsafeMutableRawPointer? {
    guard let place = unsafe locate(hash, key) else { return nil }
    let entry = unsafe Self.entry(place.pointee)
    unsafe place.pointee = 0
    entryCount &-= 1
    if overflowBuckets > 0 { unsafe closeGap(bucket(hash), place) }
    if moved >= 0 {
      moveSome()
    } else if count < (mask &+ 1) >> 1 && mask > 0 && pauses == 0 {
      resize()
    }
    return unsafe entry
  }

  /// Fills the gap that a removal left in a chain with the chain's last entry.
  @unsafe @usableFromInline
  mutating func closeGap(_ bucket: Slots, _ gap: Slots) {
    guard unsafe bucket[7] & Self.linkBit != 0 else { return }
    var parent = unsafe bucket
    var last = unsafe Self.overflow(bucket[7])
    while unsafe last[7] & Self.linkBit != 0 {
      unsafe parent = last
      unsafe last = Self.overflow(last[7])
    }
    var filled = 0
    var final = 0
    for index in 0..<8 {
      if unsafe last[index] != 0 {
        filled += 1
        final = index
      }
    }
    // The gap may lie in the last bucket itself; moving its own last entry there does no harm.
    let isGapLast = unsafe gap == last + final
    if filled > 0 && !isGapLast {
      unsafe gap.pointee = last[final]
      unsafe last[final] = 0
      let isGapInside = unsafe gap >= last && gap < last + 8
      if !isGapInside { filled -= 1 }
    }
    if filled <= 1 {
      // One entry left: it fits in the slot of the link.
      var remaining: UInt = 0
      for index in 0..<8 { unsafe remaining |= last[index] }
      unsafe parent[7] = remaining
      unsafe Self.freeSlots(last, buckets: 1)
      overflowBuckets -= 1
    }
  }
}
