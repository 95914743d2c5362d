// Visiting entries: all of them, and by cursor. Unsafe: slots are addresses.

import CLinux

extension HashTable {
  /// Visits the entries of the buckets that `cursor` stands for and returns the next cursor, 0 at the end.
  ///
  /// The cursor counts with its bits reversed, from the highest down. When the table grows or shrinks between
  /// two calls, the buckets already visited are those of the other size as well, so every entry that is in the
  /// table throughout is visited; some may be visited twice. While the table does not change, a full round visits
  /// every entry exactly once. (The scheme of Redis' SCAN, by Pieter Noordhuis.)
  ///
  /// The visitor must not change the table; the caller pauses it where that could happen.
  @unsafe
  public func scan(_ cursor: UInt, _ visit: (UnsafeMutableRawPointer) -> Void) -> UInt {
    if count == 0 { return 0 }
    var next = cursor
    if moved < 0 {
      unsafe Self.visitChain(slots + Int(bitPattern: next & UInt(mask)) * 8, visit)
      return Self.increment(next, UInt(mask))
    }
    let oldMask = UInt(mask), newMask = UInt(self.newMask)
    let smaller = min(oldMask, newMask), larger = max(oldMask, newMask)
    let (smallSlots, largeSlots) = unsafe mask <= self.newMask ? (slots, newSlots) : (newSlots, slots)
    unsafe Self.visitChain(smallSlots + Int(bitPattern: next & smaller) * 8, visit)
    repeat {
      unsafe Self.visitChain(largeSlots + Int(bitPattern: next & larger) * 8, visit)
      next = Self.increment(next, larger)
    } while next & (smaller ^ larger) != 0
    return next
  }

  /// As `scan`, for up to `buckets` steps of it; meanwhile the next buckets and their entries are fetched.
  @unsafe
  public func scan(_ cursor: UInt, buckets: Int, _ visit: (UnsafeMutableRawPointer) -> Void) -> UInt {
    var next = cursor
    if moved < 0 && count > 0 {
      // Where to look is known ahead: the misses of all these lookups overlap.
      var ahead = cursor
      for _ in 0..<buckets {
        unsafe clinux_prefetch(slots + Int(bitPattern: ahead & UInt(mask)) * 8)
        ahead = Self.increment(ahead, UInt(mask))
      }
      ahead = cursor
      for _ in 0..<buckets {
        let bucket = unsafe slots + Int(bitPattern: ahead & UInt(mask)) * 8
        for index in 0..<8 {
          let slot = unsafe bucket[index]
          if slot != 0 { unsafe clinux_prefetch(Self.entry(slot & ~Self.linkBit)) }
        }
        ahead = Self.increment(ahead, UInt(mask))
      }
    }
    for _ in 0..<buckets {
      next = unsafe scan(next, visit)
      if next == 0 { break }
    }
    return next
  }

  private static func increment(_ cursor: UInt, _ mask: UInt) -> UInt {
    reverse(reverse(cursor | ~mask) &+ 1)
  }

  private static func reverse(_ value: UInt) -> UInt {
    var bits = value.byteSwapped
    bits = (bits & 0x0f0f_0f0f_0f0f_0f0f) << 4 | (bits >> 4) & 0x0f0f_0f0f_0f0f_0f0f
    bits = (bits & 0x3333_3333_3333_3333) << 2 | (bits >> 2) & 0x3333_3333_3333_3333
    return (bits & 0x5555_5555_5555_5555) << 1 | (bits >> 1) & 0x5555_5555_5555_5555
  }

  @unsafe
  static func visitChain(_ bucket: Slots, _ visit: (UnsafeMutableRawPointer) -> Void) {
    var chain = unsafe bucket
    while true {
      for index in 0..<8 {
        let slot = unsafe chain[index]
        if slot != 0 && slot & Self.linkBit == 0 { unsafe visit(Self.entry(slot)) }
      }
      let link = unsafe chain[7]
      if link & Self.linkBit == 0 { return }
      unsafe chain = Self.overflow(link)
    }
  }

  /// Visits every entry, in no order. The visitor must not change the table.
  @unsafe
  public func forEach(_ visit: (UnsafeMutableRawPointer) -> Void) {
    for bucket in max(moved, 0)...mask { unsafe Self.visitChain(slots + bucket * 8, visit) }
    if moved >= 0 { for bucket in 0...newMask { unsafe Self.visitChain(newSlots + bucket * 8, visit) } }
  }
}
