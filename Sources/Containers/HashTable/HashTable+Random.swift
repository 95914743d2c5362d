// Entries at random, each with the same chance. Unsafe: slots are addresses.
//
// Places in the chains are thrown, as if all were as long as the longest, until one is an entry's: a few throws for a
// table of the usual load. Each is a cache miss, so what later throws will look at is fetched ahead.

import CLinux

/// Throws that follow one another: each is known by how far it is from the next one.
@safe
struct RandomThrows {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The bits of a throw that comes so many behind the next.
  @inline(__always)
  func bits(_ ahead: UInt64) -> UInt64 { KeyHash.secret(after: state, ahead) }

  mutating func advance() { state = KeyHash.state(after: state, 1) }
}

/// A place in the chains of a table: a bucket, and a number of the slots of its chain.
private struct RandomPlace {
  var bucket = 0
  var position = 0
}

extension HashTable {
  /// How many throws ahead buckets are fetched; entries half as many.
  private static var distance: UInt64 { 8 }

  /// An entry at random, as the bits of `seed` have it; nil when the table is empty.
  @unsafe
  public func random(_ seed: UInt64) -> UnsafeMutableRawPointer? {
    if count == 0 { return nil }
    var throwing = RandomThrows(seed: seed)
    for ahead in 0..<Self.distance { prefetchBucket(of: throwing.bits(ahead)) }
    while true {
      if let entry = unsafe entry(place(throwing.bits(0))) { return unsafe entry }
      prefetchBucket(of: throwing.bits(Self.distance))
      throwing.advance()
    }
  }

  /// As `random`, for a caller that removes one entry after another: goes on with the throws of the call before, for
  /// which buckets and entries were fetched meanwhile. `seed` is asked for in the first call.
  @unsafe
  mutating func draw(_ seed: () -> UInt64) -> UnsafeMutableRawPointer? {
    if count == 0 { return nil }
    var throwing = throwing ?? RandomThrows(seed: seed())
    defer { self.throwing = throwing }
    while true {
      let found = unsafe entry(place(throwing.bits(0)))
      prefetchBucket(of: throwing.bits(Self.distance))
      if let later = unsafe entry(place(throwing.bits(Self.distance / 2))) { unsafe clinux_prefetch(later) }
      throwing.advance()
      if let found = unsafe found { return unsafe found }
    }
  }

  /// Visits entries at random, whatever was visited before, until `visit` returns false; nothing of an empty table.
  @unsafe
  public func forEachRandom(
    _ seed: UInt64, while visit: (UnsafeMutableRawPointer) -> Bool
  ) {
    if count == 0 { return }
    var throwing = RandomThrows(seed: seed)
    var places = InlineArray<32, RandomPlace>(repeating: RandomPlace())
    var entries = InlineArray<32, UInt>(repeating: 0)
    while true {
      for index in 0..<32 {
        places[index] = place(throwing.bits(0))
        throwing.advance()
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

  /// Asks for the bucket of a place.
  @inline(__always)
  private func prefetchBucket(of bits: UInt64) { unsafe clinux_prefetch(chain(place(bits).bucket)) }

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
