// Unsafe: digits are read straight from the view, always below `count`, which is what makes
// the parser a few instructions per digit.

extension Bytes {
  /// The decimal integer the bytes spell, or nil: exactly the canonical spelling of an `Int64`.
  ///
  /// No sign but '-', no leading zeros, no spaces, not "-0". Redis calls this `string2ll`.
  /// O(count), and never more than 20 bytes are looked at.
  @inlinable
  public var integer: Int64? {
    guard count > 0 && count <= 20 else { return nil }
    let first = unsafe start.load(as: UInt8.self)
    let isNegative = first == UInt8(ascii: "-")
    guard let magnitude = canonicalMagnitude(from: isNegative ? 1 : 0) else { return nil }
    if !isNegative { return Int64(exactly: magnitude) }
    // -2^63 has no positive twin: the difference to it is taken in unsigned arithmetic.
    guard magnitude != 0 && magnitude <= 1 << 63 else { return nil }
    return Int64(truncatingIfNeeded: 0 &- magnitude)
  }

  /// The decimal integer the bytes spell, or nil: exactly the canonical spelling of a `UInt64`.
  @inlinable
  public var unsignedInteger: UInt64? { canonicalMagnitude(from: 0) }

  /// The value of canonical decimal digits from `offset` to the end, or nil when there are
  /// none, others, a leading zero before more digits, or 2^64 and beyond.
  @inlinable
  func canonicalMagnitude(from offset: Int) -> UInt64? {
    let digits = count - offset
    guard digits > 0 && digits <= 20 else { return nil }
    var value = UInt64(unsafe start.load(fromByteOffset: offset, as: UInt8.self) &- 48)
    guard value <= 9 && (value != 0 || digits == 1) else { return nil }
    // Nineteen digits cannot overflow; only a twentieth needs the checks.
    let uncheckedEnd = offset + min(digits, 19)
    var position = offset + 1
    while position < uncheckedEnd {
      let digit = unsafe start.load(fromByteOffset: position, as: UInt8.self) &- 48
      guard digit <= 9 else { return nil }
      value = value &* 10 &+ UInt64(digit)
      position += 1
    }
    if digits < 20 { return value }
    let last = unsafe start.load(fromByteOffset: position, as: UInt8.self) &- 48
    guard last <= 9 else { return nil }
    let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tenfold.addingReportingOverflow(UInt64(last))
    return tooLarge || carried ? nil : sum
  }

  /// The unsigned integer the bytes spell as C's `strtoull` reads base ten, all bytes consumed.
  ///
  /// Leading white space, a '+', leading zeros and even a '-' (which negates modulo 2^64) are
  /// accepted. Redis parses the halves of stream IDs and SCAN cursors this way. Nil for 2^64
  /// and beyond, or when something is left over. O(count).
  public var lenientUnsignedInteger: UInt64? {
    var position = 0
    while position < count && isASCIISpace(self[position]) { position += 1 }
    guard position < count else { return nil }
    let isNegative = self[position] == UInt8(ascii: "-")
    if isNegative || self[position] == UInt8(ascii: "+") { position += 1 }
    guard position < count else { return nil }
    var value: UInt64 = 0
    while position < count {
      let digit = self[position] &- 48
      let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = tenfold.addingReportingOverflow(UInt64(digit))
      guard digit <= 9 && !tooLarge && !carried else { return nil }
      value = sum
      position += 1
    }
    return isNegative ? 0 &- value : value
  }
}

/// Whether C's `isspace` holds in the "C" locale: space, \t, \n, \v, \f, \r.
@inlinable
public func isASCIISpace(_ byte: UInt8) -> Bool { byte == 32 || byte &- 9 < 5 }
