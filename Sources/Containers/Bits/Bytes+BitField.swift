// Fields of bits inside byte strings. Bit 0 is the highest of the first byte, and a field's first bit its highest.

extension Bytes {
  /// Whether the bit is set; those past the end are not. O(1).
  public func bit(at offset: Int) -> Bool {
    precondition(offset >= 0, "negative bit offset")
    let index = offset >> 3
    return index < count && self[index] & (0x80 >> UInt8(truncatingIfNeeded: offset & 7)) != 0
  }

  /// The number in the `width` bits (1 to 64) from `offset` on; bits past the end are zeros. O(1).
  public func bitField(at offset: Int, width: Int) -> UInt64 {
    precondition(offset >= 0 && width >= 1 && width <= 64, "bit field out of range")
    let index = offset >> 3
    if index >= count { return 0 }
    let skipped = UInt64(truncatingIfNeeded: offset & 7)
    var field = word(at: index).byteSwapped &<< skipped
    // The field's end is in a ninth byte.
    if skipped > 0 && count - index > 8 { field |= UInt64(self[index + 8]) &>> (8 &- skipped) }
    return field &>> UInt64(truncatingIfNeeded: 64 &- width)
  }
}

extension ByteBuffer {
  /// Appends zeros until there are `newCount` bytes; whether it was shorter.
  public mutating func extend(toCount newCount: Int) -> Bool {
    if newCount <= count { return false }
    append(repeating: 0, count: newCount - count)
    return true
  }

  /// Sets or clears a bit; a trap when past the end. O(1).
  public mutating func setBit(at offset: Int, to isSet: Bool) {
    let mask: UInt8 = 0x80 >> UInt8(truncatingIfNeeded: offset & 7)
    let index = offset >> 3
    self[index] = isSet ? self[index] | mask : self[index] & ~mask
  }

  /// Stores the lowest `width` bits (1 to 64) of `value` from bit `offset` on; a trap when past the end. O(1).
  public mutating func setBitField(at offset: Int, width: Int, to value: UInt64) {
    precondition(offset >= 0 && width >= 1 && width <= 64, "bit field out of range")
    var index = offset >> 3
    var skipped = offset & 7
    var left = width
    while left > 0 {
      let amount = min(8 - skipped, left)
      left -= amount
      let shift = UInt8(truncatingIfNeeded: 8 - skipped - amount)
      let mask: UInt8 = (0xff >> UInt8(truncatingIfNeeded: 8 - amount)) << shift
      let bits = UInt8(truncatingIfNeeded: value >> UInt64(left)) << shift
      self[index] = (self[index] & ~mask) | (bits & mask)
      index += 1
      skipped = 0
    }
  }
}
