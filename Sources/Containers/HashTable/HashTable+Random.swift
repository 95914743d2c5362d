// Entries at random, each with the same chance. Unsafe: slots are addresses.
//
// Places in the chains are thrown, as if all were as long as the longest, until one is an entry's: a few throws for a
// table of the usual load. Each is a cache miss, so several are made at a time, and those misses overlap.

import CLinux

/// A place in the chains of a table: a bucket, and a number of the slots of its chain.
private struct RandomPlace {
  var bucket = 0
  var position = 0
}

extension HashTable {
  /// Places that are thrown at a time.
  private static var throwCount: Int { 8 }

  /// An entry at random; nil when the table is empty.
  @unsafe
  public func random(_ generator: inout some RandomNumberGenerator) -> UnsafeMutableRawPointer? {
    if count == 0 { return nil }
    while true {
      let seed = generator.next()
      prefetchThrows(seed)
      if let entry = unsafe entry(thrownBy: seed) { return unsafe entry }
    }
  }

  /// As `random`, for a caller that removes one entry after another: what the next two calls will look at is fetched
  /// meanwhile.
  @unsafe
  mutating func draw(_ generator: inout some RandomNumberGenerator) -> UnsafeMutableRawPointer? {
    if count == 0 { return nil }
    let seed = thrown.next
    thrown = (thrown.later, generator.next())
    prefetchThrows(thrown.later)
    let ahead = thrown.next
    if ahead != 0, let entry = unsafe entry(thrownBy: ahead) { unsafe clinux_prefetch(entry) }
    if seed != 0, let entry = unsafe entry(thrownBy: seed) { return unsafe entry }
    return unsafe random(&generator)
  }

  /// Visits entries at random, whatever was visited before, until `visit` returns false; nothing of an empty table.
  @unsafe
  public func forEachRandom(
    _ generator: inout some RandomNumberGenerator, while visit: (UnsafeMutableRawPointer) -> Bool
  ) {
    if count == 0 { return }
    var places = InlineArray<32, RandomPlace>(repeating: RandomPlace())
    var entries = InlineArray<32, UInt>(repeating: 0)
    while true {
      for index in 0..<32 {
        places[index] = place(generator.next())
        unsafe clinux_prefetch(chain(places[index].bucket))
      }
      var found = 0
      for index in 0..<32 {
        guard let entry = unsafe entry(places[index]) else { continue }
        unsafe clinux_prefetch(entry)
        entries[found] = UInt(bitPattern: entry)
        found += 1
      }
      for index in 0..<found where unsafe !visit(Self.entry(entries[index])) { return }
    }
  }

  // What follows is inlined: see `locate`.

  /// Asks for the buckets of the places that a seed stands for.
  @inline(__always)
  private func prefetchThrows(_ seed: UInt64) {
    var state = seed
    for _ in 0..<Self.throwCount { unsafe clinux_prefetch(chain(place(KeyHash.nextSecret(&state)).bucket)) }
  }

  /// The entry at the first of these places that is one's; nil when none is.
  @unsafe @inline(__always)
  private func entry(thrownBy seed: UInt64) -> UnsafeMutableRawPointer? {
    var state = seed
    for _ in 0..<Self.throwCount {
      if let entry = unsafe entry(place(KeyHash.nextSecret(&state))) { return unsafe entry }
    }
    return nil
  }

  @inline(__always)
  private func place(_ bits: UInt64) -> RandomPlace {
    let buckets = mask + 1 - max(moved, 0) + (moved >= 0 ? newMask + 1 : 0)
    let slots = (1 + max(longestChain, newLongestChain)) * 8
    // What is left of the random bits behind the choice of a bucket chooses the slot.
    let (bucket, rest) = bits.multipliedFullWidth(by: UInt64(buckets))
    return RandomPlace(bucket: Int(bucket), position: Int(rest.multipliedFullWidth(by: UInt64(slots)).high))
  }

  /// The first bucket of a chain, by its number over both arrays.
  @unsafe @inline(__always)
  private func chain(_ bucket: Int) -> Slots {
    let first = max(moved, 0)
    let old = mask + 1 - first
    return unsafe bucket < old ? slots + (first + bucket) * 8 : newSlots + (bucket - old) * 8
  }

  /// The entry at a place; nil where there is none.
  @unsafe @inline(__always)
  private func entry(_ place: RandomPlace) -> UnsafeMutableRawPointer? {
    var chain = unsafe self.chain(place.bucket)
    var position = place.position
    while position >= 8 {
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return nil }
      unsafe chain = Self.overflow(link)
      position -= 8
    }
    let slot = unsafe chain[position]
    return Self.isEntry(slot) ? unsafe Self.entry(slot) : nil
  }
}
