// Unsafe: vectors and words of two runs are read, combined and written back unaligned, after the runs' ends were
// checked.

/// What two runs of bits are combined by.
public enum BitCombination: Sendable {
  case and, or, xor
  /// The first without the second.
  case andNot
}

extension ByteBuffer {
  /// Combines the bytes from `offset` on with `source`, which is no longer than they are. O(source.count).
  public mutating func combine(_ combination: BitCombination, at offset: Int, with source: borrowing Bytes) {
    switch combination {
    case .and: combine(offset, source, { $0 & $1 }, { $0 & $1 })
    case .or: combine(offset, source, { $0 | $1 }, { $0 | $1 })
    case .xor: combine(offset, source, { $0 ^ $1 }, { $0 ^ $1 })
    case .andNot: combine(offset, source, { $0 & ~$1 }, { $0 & ~$1 })
    }
  }

  @inline(__always)
  private mutating func combine(
    _ offset: Int, _ source: borrowing Bytes, _ vector: (SIMD4<UInt64>, SIMD4<UInt64>) -> SIMD4<UInt64>,
    _ word: (UInt64, UInt64) -> UInt64
  ) {
    precondition(offset >= 0 && offset <= count && source.count <= count - offset, "byte range out of range")
    guard source.count > 0 else { return }
    let target = unsafe start.unsafelyUnwrapped + offset
    let other = unsafe source.baseAddress
    let end = source.count
    var index = 0
    while end &- index >= 32 {
      let first = unsafe target.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
      let second = unsafe other.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
      unsafe target.storeBytes(of: vector(first, second), toByteOffset: index, as: SIMD4<UInt64>.self)
      index &+= 32
    }
    while end &- index >= 8 {
      let first = unsafe target.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      let second = unsafe other.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      unsafe target.storeBytes(of: word(first, second), toByteOffset: index, as: UInt64.self)
      index &+= 8
    }
    while index < end {
      let first = unsafe UInt64(target.load(fromByteOffset: index, as: UInt8.self))
      let second = UInt64(source[index])
      unsafe target.storeBytes(
        of: UInt8(truncatingIfNeeded: word(first, second)), toByteOffset: index, as: UInt8.self)
      index &+= 1
    }
  }

  /// Flips all bits from the byte at `offset` on. O(count - offset).
  public mutating func invert(from offset: Int) {
    precondition(offset >= 0 && offset <= count, "byte range out of range")
    guard count > offset else { return }
    let target = unsafe start.unsafelyUnwrapped + offset
    let end = count &- offset
    var index = 0
    while end &- index >= 32 {
      let bits = unsafe target.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
      unsafe target.storeBytes(of: ~bits, toByteOffset: index, as: SIMD4<UInt64>.self)
      index &+= 32
    }
    while index < end {
      let byte = unsafe target.load(fromByteOffset: index, as: UInt8.self)
      unsafe target.storeBytes(of: ~byte, toByteOffset: index, as: UInt8.self)
      index &+= 1
    }
  }

  /// Clears all bits from the byte at `offset` on. O(count - offset).
  public mutating func clear(from offset: Int) {
    let end = count
    truncate(to: offset)
    append(repeating: 0, count: end - offset)
  }
}
