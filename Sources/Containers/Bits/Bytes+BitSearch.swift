// Unsafe: vectors are read unaligned straight from the view, each read guarded by what is left of it.

extension Bytes {
  /// The number of the first bit in `range` that is set, or clear; nil when there is none, a trap when out of range.
  /// Bit 0 is the highest of the first byte. O(range.count).
  public func firstBit(isSet: Bool, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count * 8, "bit range out of range")
    guard let ends = BitRangeEnds(range) else { return nil }
    // Seen through this, the bits that are sought are ones, and all others zeros.
    let flip: UInt8 = isSet ? 0 : 0xff
    var found = (self[ends.first] ^ flip) & ends.firstMask
    var index = ends.first
    if ends.first == ends.last {
      found &= ends.lastMask
    } else if found == 0 {
      index = self[0..<ends.last].firstIndex(otherThan: flip, from: ends.first + 1) ?? ends.last
      found = self[index] ^ flip
      if index == ends.last { found &= ends.lastMask }
    }
    return found == 0 ? nil : index * 8 + found.leadingZeroBitCount
  }

  /// The index of the first byte at or after `position` that differs from `byte`, or nil. O(count).
  private func firstIndex(otherThan byte: UInt8, from position: Int) -> Int? {
    let pattern = UInt64(byte) &* 0x0101_0101_0101_0101
    let wide = SIMD4<UInt64>(repeating: pattern)
    var offset = position
    while count &- offset >= UniformBlock.byteCount, unsafe UniformBlock.isUniform(start + offset, pattern) {
      offset &+= UniformBlock.byteCount
    }
    while count &- offset >= 32 {
      let difference = unsafe (start + offset).loadUnaligned(as: SIMD4<UInt64>.self) ^ wide
      if (difference[0] | difference[1] | difference[2] | difference[3]) != 0 { break }
      offset &+= 32
    }
    while offset < count {
      let left = count &- offset
      var difference = word(at: offset) ^ pattern
      if left < 8 { difference &= (1 &<< UInt64(left &* 8)) &- 1 }
      if difference != 0 { return offset + difference.trailingZeroBitCount / 8 }
      offset &+= min(left, 8)
    }
    return nil
  }
}

/// Bytes that are looked at together, whether they are all alike.
private enum UniformBlock {
  private typealias Line = SIMD8<UInt64>

  /// The block is read from four places at a time, each a page: the machine prefetches each for itself and up to the
  /// border of its page only, so that one alone does not keep memory busy.
  private static let pageSize = 4 << 10
  private static let pages = 4

  static let byteCount = pages * pageSize

  /// Whether the words of the block at `address` are all `pattern`.
  @unsafe
  static func isUniform(_ address: UnsafeRawPointer, _ pattern: UInt64) -> Bool {
    let wide = Line(repeating: pattern)
    var difference = Line.zero
    var offset = 0
    while offset < pageSize {
      for page in 0..<pages {
        difference |= unsafe (address + (page &* pageSize &+ offset)).loadUnaligned(as: Line.self) ^ wide
      }
      offset &+= MemoryLayout<Line>.size
    }
    return difference == .zero
  }
}
