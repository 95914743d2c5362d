// Unsafe: digits are stored through a raw pointer, two at a time; the caller of the pointer
// form vouches for 20 bytes of room.

/// How many bytes the decimal text of `value` has, sign included. 1 to 20.
@inlinable
public func decimalDigits(_ value: Int64) -> Int {
  decimalDigits(value.magnitude) + (value < 0 ? 1 : 0)
}

/// How many decimal digits `value` has. 1 to 20.
///
/// The bit length gives the count or one too few (1233 / 4096 approximates the logarithm of
/// two), and one comparison with a power of ten settles it.
@inlinable
public func decimalDigits(_ value: UInt64) -> Int {
  let bits = 64 - (value | 1).leadingZeroBitCount
  let estimate = (bits &* 1233) &>> 12
  return estimate &+ (value | 1 >= powerOfTen(estimate) ? 1 : 0)
}

/// 10^`exponent` for an exponent of 0 to 19.
@inlinable
public func powerOfTen(_ exponent: Int) -> UInt64 { powersOfTen[exponent] }

@usableFromInline let powersOfTen: InlineArray<20, UInt64> = [
  1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
]

/// Writes the decimal text of `value` at `target`, which has room for 20 bytes; returns its length.
@unsafe
public func formatInteger(_ value: Int64, into target: UnsafeMutablePointer<UInt8>) -> Int {
  if value >= 0 { return unsafe formatInteger(UInt64(value), into: target) }
  unsafe target.pointee = UInt8(ascii: "-")
  return unsafe 1 + formatInteger(value.magnitude, into: target + 1)
}

/// Writes the decimal text of `value` at `target`, which has room for 20 bytes; returns its length.
@unsafe
public func formatInteger(_ value: UInt64, into target: UnsafeMutablePointer<UInt8>) -> Int {
  let length = decimalDigits(value)
  unsafe storeDigits(value, count: length, at: target)
  return length
}

/// Writes exactly `count` digits of `value` at `target`, zeros in front where it has fewer.
@unsafe @usableFromInline
func storeDigits(_ value: UInt64, count: Int, at target: UnsafeMutablePointer<UInt8>) {
  var rest = value
  var position = count
  while position >= 8 {
    let (quotient, digits) = rest.quotientAndRemainder(dividingBy: 100_000_000)
    position -= 8
    unsafe storeEightDigits(UInt32(truncatingIfNeeded: digits), at: target + position)
    rest = quotient
  }
  while position >= 2 {
    let (quotient, pair) = rest.quotientAndRemainder(dividingBy: 100)
    position -= 2
    unsafe UnsafeMutableRawPointer(target + position).storeBytes(of: digitPair(pair).littleEndian, as: UInt16.self)
    rest = quotient
  }
  if position == 1 { unsafe target.pointee = UInt8(truncatingIfNeeded: rest % 10) | 48 }
}

/// Writes the eight digits of `value`, below 10^8. The four pairs do not wait for one another.
@unsafe @inline(__always)
private func storeEightDigits(_ value: UInt32, at target: UnsafeMutablePointer<UInt8>) {
  let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
  let pairs =
    UInt64(digitPair(UInt64(high / 100))) | UInt64(digitPair(UInt64(high % 100))) &<< 16
    | UInt64(digitPair(UInt64(low / 100))) &<< 32 | UInt64(digitPair(UInt64(low % 100))) &<< 48
  unsafe UnsafeMutableRawPointer(target).storeBytes(of: pairs.littleEndian, as: UInt64.self)
}

/// The two ASCII digits of `value` (0 to 99), the tens in the low byte.
///
/// Arithmetic instead of the customary table of 200 bytes: one multiplication, no cache line.
@inline(__always)
private func digitPair(_ value: UInt64) -> UInt16 {
  let pair = UInt32(truncatingIfNeeded: value)
  let tens = (pair &* 103) &>> 10
  let ones = pair &- tens &* 10
  return UInt16(truncatingIfNeeded: 0x3030 | tens | ones &<< 8)
}
