// Unsafe: it is an address.

/// The address of a block in six bytes.
///
/// A value that is one container or another is an enum, whose tag needs room that an address of eight bytes does not
/// leave: with these, enum and tag fit into the eight bytes that a value takes in its key's entry at least. Linux hands
/// out addresses below 2^47 unless it is asked for others.
@safe
@frozen
@usableFromInline
struct ShortPointer {
  @usableFromInline let low: UInt32
  @usableFromInline let high: UInt16

  /// Address zero, where nothing is.
  @inlinable
  init() { (low, high) = (0, 0) }

  @inlinable @unsafe
  init(_ address: UnsafeMutableRawPointer?) {
    let bits = UInt(bitPattern: address)
    precondition(bits >> 48 == 0, "an address of more than 48 bits")
    low = UInt32(truncatingIfNeeded: bits)
    high = UInt16(truncatingIfNeeded: bits >> 32)
  }

  @inlinable var isNil: Bool { low == 0 && high == 0 }

  @inlinable
  var address: UnsafeMutableRawPointer? { unsafe UnsafeMutableRawPointer(bitPattern: UInt(high) << 32 | UInt(low)) }
}
