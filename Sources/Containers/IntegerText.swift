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
  if value < 100_000_000 {
    // All in one word, and the zeros in front shifted out. There is room for the bytes behind.
    let digits = eightDigits(UInt32(truncatingIfNeeded: value)) &>> UInt64(8 &* (8 &- length))
    unsafe UnsafeMutableRawPointer(target).storeBytes(of: digits.littleEndian, as: UInt64.self)
  } else {
    unsafe storeDigits(value, count: length, at: target)
  }
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
    let text = eightDigits(UInt32(truncatingIfNeeded: digits))
    unsafe UnsafeMutableRawPointer(target + position).storeBytes(of: text.littleEndian, as: UInt64.self)
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

/// The eight digits of `value`, below 10^8, the first one in the lowest byte.
///
/// Halves, quarters and eighths side by side in one word: each division is a multiplication by a rounded reciprocal,
/// exact for the numbers there are.
@inline(__always)
private func eightDigits(_ value: UInt32) -> UInt64 {
  let (high, low) = value.quotientAndRemainder(dividingBy: 10_000)
  let halves = UInt64(high) | UInt64(low) &<< 32
  let hundreds = (halves &* 10_486) &>> 20 & 0x0000_007f_0000_007f
  let pairs = hundreds | (halves &- hundreds &* 100) &<< 16
  let tens = (pairs &* 103) &>> 10 & 0x000f_000f_000f_000f
  return tens | (pairs &- tens &* 10) &<< 8 | 0x3030_3030_3030_3030
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
