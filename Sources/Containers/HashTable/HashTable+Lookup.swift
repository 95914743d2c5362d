// Finding, inserting, replacing and removing entries. Unsafe: slots are addresses.

import CLinux

extension HashTable {
  /// Asks for the cache line of the bucket that a lookup of this hash reads.
  @inlinable
  public func prefetchBucket(_ hash: UInt64) {
    unsafe clinux_prefetch(bucket(hash))
  }

  /// Asks for the cache lines of the entry whose tag fits this hash, once its bucket has arrived, of its first `span`
  /// bytes, which are in two lines at most; for the chain's next bucket when none fits.
  @inlinable
  public func prefetchEntry(_ hash: UInt64, span: Int) {
    let first = unsafe bucket(hash)
    let matches = unsafe Self.matches(first, hash)
    if matches != 0 {
      // Of a hash whose tag is zero this may be a free slot: a prefetch does not mind.
      let address = unsafe first[matches.trailingZeroBitCount] & Self.addressMask
      unsafe clinux_prefetch(UnsafeRawPointer(bitPattern: address))
      unsafe clinux_prefetch(UnsafeRawPointer(bitPattern: address &+ UInt(bitPattern: min(span, 64) &- 1)))
    } else if unsafe first[7] & Self.linkBit != 0 {
      unsafe clinux_prefetch(Self.overflow(first[7]))
    }
  }

  /// One bit for each slot of a bucket whose tag fits this hash. Free slots and a link, whose tags are zero,
  /// are among them for a hash with that tag: `isEntry` tells.
  ///
  /// All eight at once and without a branch: which slot fits is as good as random, so a loop that leaves at the
  /// right one is predicted wrongly nearly always.
  @unsafe @inlinable @inline(__always)
  static func matches(_ bucket: Slots, _ hash: UInt64) -> UInt32 {
    unsafe clinux_matching_tags(bucket, hash)
  }

  /// Whether a slot holds an entry: it is neither free nor a link.
  @inlinable @inline(__always)
  static func isEntry(_ slot: UInt) -> Bool { slot != 0 && slot & linkBit == 0 }

  /// The slot that holds the entry of `key`.
  @unsafe @inlinable @inline(__always)
  func locate(_ hash: UInt64, _ key: borrowing Bytes) -> Slots? {
    unsafe Self.locate(bucket(hash), hash, key)
  }

  /// The slot in a chain that holds the entry of `key`.
  ///
  /// Static, as what is called often and not inlined has to be: for a method of a structure of this size the compiler
  /// makes a copy of the structure, whatever it is a part of included.
  @unsafe @inlinable
  static func locate(_ first: Slots, _ hash: UInt64, _ key: borrowing Bytes) -> Slots? {
    var chain = unsafe first
    while true {
      var matches = unsafe Self.matches(chain, hash)
      while matches != 0 {
        let place = unsafe chain + matches.trailingZeroBitCount
        if unsafe Self.isEntry(place.pointee) {
          let found = unsafe Layout.key(Self.entry(place.pointee))
          if found == key { return unsafe place }
        }
        matches &= matches &- 1
      }
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return nil }
      unsafe chain = Self.overflow(link)
    }
  }

  /// The entry of `key`, whose hash the caller has computed.
  @unsafe @inlinable @inline(__always)
  public func find(_ hash: UInt64, _ key: borrowing Bytes) -> UnsafeMutableRawPointer? {
    guard let place = unsafe locate(hash, key) else { return nil }
    return unsafe Self.entry(place.pointee)
  }

  /// Adds an entry whose key is not in the table.
  @unsafe @inlinable
  public mutating func insert(_ hash: UInt64, _ entry: UnsafeMutableRawPointer) {
    if count >= (mask &+ 1) &* Layout.loadMax || moved >= 0 { prepareInsertion() }
    let first = unsafe bucket(hash)
    for index in 0..<8 {
      if unsafe first[index] == 0 {
        unsafe first[index] = Self.slot(entry, hash)
        entryCount &+= 1
        return
      }
    }
    unsafe insertIntoOverflow(hash, first, Self.slot(entry, hash))
    entryCount &+= 1
  }

  /// Adds a slot to the chain of a full bucket; returns how many overflow buckets the chain has then, at most.
  @unsafe @usableFromInline @discardableResult
  mutating func insertIntoOverflow(_ bucket: Slots, _ slot: UInt) -> Int {
    var chain = unsafe bucket
    var length = 0
    while unsafe chain[7] & Self.linkBit != 0 {
      unsafe chain = Self.overflow(chain[7])
      length += 1
      for index in 0..<8 {
        if unsafe chain[index] == 0 {
          unsafe chain[index] = slot
          return length
        }
      }
    }
    let overflow = unsafe heap.allocate(Self.bucketBytes).bindMemory(to: UInt.self, capacity: 8)
    unsafe overflow.initialize(repeating: 0, count: 8)
    overflowBuckets += 1
    unsafe overflow[0] = chain[7]
    unsafe overflow[1] = slot
    unsafe chain[7] = UInt(bitPattern: overflow) | Self.linkBit
    return length + 1
  }

  /// Adds an entry to a full bucket.
  @unsafe @usableFromInline
  mutating func insertIntoOverflow(_ hash: UInt64, _ bucket: Slots, _ slot: UInt) {
    let length = unsafe insertIntoOverflow(bucket, slot)
    let isInOldArray = Int(truncatingIfNeeded: hash) & mask >= moved
    if isInOldArray { longestChain = max(longestChain, length) } else { newLongestChain = max(newLongestChain, length) }
  }

  /// Points the slot of `key` at another entry with the same key; false when the key is not there.
  @unsafe @inlinable
  @discardableResult
  public mutating func replace(_ hash: UInt64, _ key: borrowing Bytes, with entry: UnsafeMutableRawPointer) -> Bool {
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
    } else if count < (mask &+ 1) &* Layout.loadMax / 4 && mask > 0 && pauses == 0 {
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
    // The bucket held two at least, and the gap may be one of them: at least one is left.
    var left = 0
    var final = 0
    for index in 0..<8 {
      if unsafe last[index] != 0 {
        left += 1
        final = index
      }
    }
    assert(left > 0, "an overflow bucket with a single entry")
    let isGapInLast = unsafe gap >= last && gap < last + 8
    if !isGapInLast {
      unsafe gap.pointee = last[final]
      unsafe last[final] = 0
      left -= 1
    }
    guard left == 1 else { return }
    // The one that is left fits in the slot of the link.
    var remaining: UInt = 0
    for index in 0..<8 { unsafe remaining |= last[index] }
    unsafe parent[7] = remaining
    unsafe heap.deallocate(last, Self.bucketBytes)
    overflowBuckets -= 1
    if overflowBuckets == 0 { (longestChain, newLongestChain) = (0, 0) }
  }
}
