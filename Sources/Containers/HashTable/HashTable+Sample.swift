// Entries by chance, many at a time. Unsafe: slots are addresses.

import CLinux

extension HashTable {
  /// Places that one call of `sample` looks at, at most.
  public static var samplePlacesMax: Int { 16 }

  /// Visits entries at `places` places that `seed` chooses: at each `count` of buckets side by side, or all where there
  /// are fewer. Entries of one place have hashes that are alike, and nothing else in common. The visitor must not
  /// change the table.
  ///
  /// All places are known ahead, so that the misses of looking at them overlap: the more places, the less each costs.
  @unsafe
  public func sample(places: Int, count: Int, seed: UInt64, _ visit: (UnsafeMutableRawPointer) -> Void) {
    if entryCount == 0 || count <= 0 { return }
    // A single place shows all that there is, or nearly.
    let places = entryCount <= count * 2 ? 1 : max(1, min(places, Self.samplePlacesMax))
    for number in 0..<places { unsafe clinux_prefetch(firstSlots(start(number, seed).bucket)) }
    for number in 0..<places { prefetchEntries(start(number, seed).bucket, count) }
    for number in 0..<places {
      let (bucket, chance) = start(number, seed)
      unsafe visitPlace(bucket, min(count, entryCount), chance, visit)
    }
  }

  /// Whether an entry whose key has this hash is in the table, told by its address alone: it may have been freed.
  @unsafe
  public func holds(_ hash: UInt64, _ entry: UnsafeMutableRawPointer) -> Bool {
    let wanted = unsafe Self.slot(entry, hash)
    var chain = unsafe bucket(hash)
    while true {
      for index in 0..<8 {
        if unsafe chain[index] == wanted { return true }
      }
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return false }
      unsafe chain = Self.overflow(link)
    }
  }

  /// Where a place begins: a bucket of the array in use, and a number by which to choose among its entries.
  private func start(_ number: Int, _ seed: UInt64) -> (bucket: Int, chance: Int) {
    // SplitMix64, as for the secrets of hashes.
    var state = seed &+ UInt64(truncatingIfNeeded: number) &* 0xd1b5_4a32_d192_ed03
    let random = KeyHash.nextSecret(&state)
    // The lowest bit is always set.
    return (Int(truncatingIfNeeded: random >> 16) & mask, Int(random >> 1 & 0x7fff))
  }

  /// The first bucket of a chain; that of the new array when it was moved.
  @unsafe
  private func firstSlots(_ bucket: Int) -> Slots {
    unsafe bucket >= moved ? slots + bucket * 8 : newSlots + (bucket & newMask) * 8
  }

  /// Asks for the entries of a bucket, and for the next bucket when there are fewer than `count`.
  private func prefetchEntries(_ bucket: Int, _ count: Int) {
    let first = unsafe firstSlots(bucket)
    var seen = 0
    for index in 0..<8 {
      let slot = unsafe first[index]
      if slot == 0 { continue }
      unsafe clinux_prefetch(Self.entry(slot & ~Self.linkBit))
      seen += 1
    }
    if seen < count { unsafe clinux_prefetch(firstSlots((bucket + 1) & mask)) }
  }

  /// Visits `count` entries from a bucket on, the first one by `chance`, so that none has less of it for standing at
  /// the end of its bucket.
  @unsafe
  private func visitPlace(_ bucket: Int, _ count: Int, _ chance: Int, _ visit: (UnsafeMutableRawPointer) -> Void) {
    var present = 0
    unsafe visitBucket(bucket) { _ in present += 1 }
    var left = count
    if present > 0 {
      let first = chance % present
      var position = 0
      unsafe visitBucket(bucket) { entry in
        if position >= first && left > 0 {
          unsafe visit(entry)
          left -= 1
        }
        position += 1
      }
      if left > 0 && first > 0 {
        position = 0
        unsafe visitBucket(bucket) { entry in
          if position < first && left > 0 {
            unsafe visit(entry)
            left -= 1
          }
          position += 1
        }
      }
    }
    var next = (bucket + 1) & mask
    while left > 0 && next != bucket {
      unsafe visitBucket(next) { entry in
        if left > 0 { unsafe visit(entry) }
        left -= 1
      }
      next = (next + 1) & mask
    }
  }

  /// Visits what stands in a bucket of the array in use, or in those of the new array that it was moved to. Other
  /// buckets of the new array are empty, and may be many.
  @unsafe
  private func visitBucket(_ bucket: Int, _ visit: (UnsafeMutableRawPointer) -> Void) {
    if bucket >= moved { return unsafe Self.visitChain(slots + bucket * 8, visit) }
    for target in stride(from: bucket & newMask, through: newMask, by: mask + 1) {
      unsafe Self.visitChain(newSlots + target * 8, visit)
    }
  }
}
