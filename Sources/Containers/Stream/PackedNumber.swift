// Unsafe: numbers are read and written at addresses for which the caller vouches.

/// Whole numbers of one to ten bytes, seven bits each and the lowest first; all but the last byte have their top bit
/// set.
enum PackedNumber {
  /// How many bytes `value` takes.
  static func size(_ value: UInt64) -> Int { value < 1 << 7 ? 1 : (70 - value.leadingZeroBitCount) / 7 }

  /// Writes `value` at `address`, which moves behind it.
  @unsafe @inline(__always)
  static func store(_ value: UInt64, at address: inout UnsafeMutableRawPointer) {
    var rest = value
    while rest >= 1 << 7 {
      unsafe address.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, as: UInt8.self)
      unsafe address += 1
      rest >>= 7
    }
    unsafe address.storeBytes(of: UInt8(rest), as: UInt8.self)
    unsafe address += 1
  }

  /// Reads the number at `address`, which moves behind it.
  @unsafe @inline(__always)
  static func load(_ address: inout UnsafeRawPointer) -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = unsafe address.load(as: UInt8.self)
      unsafe address += 1
      value |= UInt64(byte & 0x7f) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  /// A signed number as one without a sign that is small when its magnitude is.
  static func folded(_ value: Int64) -> UInt64 { UInt64(bitPattern: value << 1) ^ UInt64(bitPattern: value >> 63) }

  /// The inverse of `folded`.
  static func unfolded(_ value: UInt64) -> Int64 { Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1) }
}
