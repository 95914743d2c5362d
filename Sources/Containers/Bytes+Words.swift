// Unsafe: words are read unaligned straight from the view, each read guarded by the count.

extension Bytes {
  /// Up to eight bytes from `offset` on as a little-endian word, zeros above; a trap when `offset` is past the end.
  @inlinable @inline(__always)
  public func word(at offset: Int) -> UInt64 {
    precondition(UInt(bitPattern: offset) <= UInt(bitPattern: count), "byte index out of range")
    let left = count &- offset
    let address = unsafe start + offset
    if left >= 8 { return unsafe KeyHash.word(address) }
    if left >= 4 {
      // Two reads that overlap in the middle.
      return unsafe KeyHash.halfWord(address) | KeyHash.halfWord(address + (left &- 4)) &<< UInt64((left &- 4) &* 8)
    }
    if left == 0 { return 0 }
    let middle = left &>> 1
    return unsafe UInt64(address.load(as: UInt8.self))
      | UInt64(address.load(fromByteOffset: middle, as: UInt8.self)) &<< UInt64(middle &* 8)
      | UInt64(address.load(fromByteOffset: left &- 1, as: UInt8.self)) &<< UInt64((left &- 1) &* 8)
  }

  /// Whether two runs of the same length, at most 32, hold the same bytes: most keys do not need a call of memcmp.
  /// Two or four reads that overlap in the middle cover them.
  @inlinable @inline(__always)
  func equalsShort(_ other: borrowing Bytes) -> Bool {
    if count > 16 {
      let last = count &- 16
      let first = unsafe KeyHash.word(start) ^ KeyHash.word(other.start)
      let second = unsafe KeyHash.word(start + 8) ^ KeyHash.word(other.start + 8)
      let third = unsafe KeyHash.word(start + last) ^ KeyHash.word(other.start + last)
      let fourth = unsafe KeyHash.word(start + (last &+ 8)) ^ KeyHash.word(other.start + (last &+ 8))
      return first | second | third | fourth == 0
    }
    if count >= 8 {
      let last = count &- 8
      return unsafe KeyHash.word(start) == KeyHash.word(other.start)
        && KeyHash.word(start + last) == KeyHash.word(other.start + last)
    }
    if count >= 4 {
      let last = count &- 4
      return unsafe KeyHash.halfWord(start) == KeyHash.halfWord(other.start)
        && KeyHash.halfWord(start + last) == KeyHash.halfWord(other.start + last)
    }
    for index in 0..<count where self[index] != other[index] { return false }
    return true
  }
}
