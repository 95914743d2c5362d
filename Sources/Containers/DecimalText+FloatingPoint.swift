// Unsafe: digits are written into the inline storage of 31 bytes; the longest text is
// "-1.7976931348623157e+308" (24 bytes). vsnprintf is told the size of what it writes to.
import Glibc

extension DecimalText {
  /// The text of `value` as C's `%.17g`, with "inf", "-inf" and "nan" for what is not finite.
  ///
  /// What Redis 7.0 replies for scores, distances and RESP3 doubles. At most 24 bytes. Values
  /// between 1e-6 and 1e17 are formatted here, exactly, in 128-bit arithmetic; the C library
  /// does the rest, which allocates.
  public init(general value: Double) {
    self.init()
    unsafe format { target in
      if let length = unsafe formatSpecial(value, into: target) { return length }
      if value.magnitude < 1e17, let integer = Int64(exactly: value) {
        return unsafe formatInteger(integer, into: target)
      }
      return unsafe formatGeneral(value, into: target)
    }
  }

  /// The text of `value` as Redis stores a score in a packed list or writes it to a file
  /// (`d2string`): as `general`, except that integers up to 2^62 are written out in full.
  public init(compact value: Double) {
    self.init()
    unsafe format { target in
      if let length = unsafe formatSpecial(value, into: target) { return length }
      if value.magnitude <= 0x1p62, let integer = Int64(exactly: value) {
        return unsafe formatInteger(integer, into: target)
      }
      return unsafe formatGeneral(value, into: target)
    }
  }
}

/// Writes zero, an infinity or NaN; nil for every other value.
@unsafe
private func formatSpecial(_ value: Double, into target: UnsafeMutablePointer<UInt8>) -> Int? {
  if value.isNaN { return unsafe store("nan", at: target) }
  if value.isInfinite { return unsafe store(value < 0 ? "-inf" : "inf", at: target) }
  if value.isZero { return unsafe store(value.sign == .minus ? "-0" : "0", at: target) }
  return nil
}

@unsafe
private func store(_ word: StaticString, at target: UnsafeMutablePointer<UInt8>) -> Int {
  unsafe memcpy(target, word.utf8Start, word.utf8CodeUnitCount)
  return word.utf8CodeUnitCount
}

/// Writes a finite `value` other than zero as `%.17g`.
@unsafe
private func formatGeneral(_ value: Double, into target: UnsafeMutablePointer<UInt8>) -> Int {
  guard let decimal = SeventeenDigits(value.magnitude) else {
    return unsafe withVaList([value]) { arguments in
      Int(unsafe vsnprintf(UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self), 31, "%.17g", arguments))
    }
  }
  var length = 0
  if value < 0 {
    unsafe target.pointee = UInt8(ascii: "-")
    length = 1
  }
  return unsafe length + decimal.format(into: target + length)
}

/// A number's first 17 significant digits: `digits` x 10^(`exponent` - 16), as `%.17g` rounds.
private struct SeventeenDigits {
  /// 17 decimal digits, the first not zero.
  let digits: UInt64
  /// The power of ten the first digit stands for.
  let exponent: Int

  /// Rounds `value` exactly, half to even; nil where 128 bits do not hold the product, which is
  /// below about 1e-6 and from 1e17 on.
  init?(_ value: Double) {
    guard value >= 1e-6 && value < 1e17 else { return nil }
    // value = mantissa / 2^shift
    let mantissa = UInt128(value.significandBitPattern | 1 << 52)
    let shift = 52 - Int(value.exponent)
    // The exponent of ten, right or one too small: 0.30103 is the logarithm of two.
    var power = Int((Double(value.exponent) * 0.30102999566398).rounded(.down))
    while true {
      let scale = 16 - power
      guard scale >= 0 && scale <= 22 else { return nil }
      // Below 2^53 x 10^22, which is less than 2^127.
      let product = mantissa * UInt128(powerOfTen(min(scale, 19))) * UInt128(powerOfTen(max(scale - 19, 0)))
      let rounded = roundedShift(product, by: shift)
      if rounded < 100_000_000_000_000_000 {
        digits = UInt64(rounded)
        exponent = power
        return
      }
      power += 1
    }
  }

  /// Writes the digits without trailing zeros, positional for exponents from -4 to 16, else scientific.
  @unsafe
  func format(into target: UnsafeMutablePointer<UInt8>) -> Int {
    var kept = digits
    var count = 17
    while kept % 10 == 0 {
      kept /= 10
      count -= 1
    }
    if exponent < -4 {
      // d.ddde-XX: the digits go one byte to the right of their place, then the first moves back.
      unsafe storeDigits(kept, count: count, at: target + 1)
      unsafe target[0] = target[1]
      unsafe target[1] = UInt8(ascii: ".")
      let length = count == 1 ? 1 : count + 1
      unsafe target[length] = UInt8(ascii: "e")
      unsafe target[length + 1] = UInt8(ascii: "-")
      unsafe storeDigits(UInt64(-exponent), count: 2, at: target + length + 2)
      return length + 4
    }
    if exponent < 0 {
      let zeros = -exponent - 1
      unsafe storeDigits(0, count: zeros + 2, at: target)
      unsafe target[1] = UInt8(ascii: ".")
      unsafe storeDigits(kept, count: count, at: target + 2 + zeros)
      return 2 + zeros + count
    }
    let integerDigits = exponent + 1
    if count <= integerDigits {
      unsafe storeDigits(kept * powerOfTen(integerDigits - count), count: integerDigits, at: target)
      return integerDigits
    }
    unsafe storeDigits(kept, count: count, at: target + 1)
    unsafe memmove(target, target + 1, integerDigits)
    unsafe target[integerDigits] = UInt8(ascii: ".")
    return count + 1
  }
}

/// `value` / 2^`shift`, rounded half to even. A `shift` of 128 or more gives zero, a negative
/// one multiplies.
func roundedShift(_ value: UInt128, by shift: Int) -> UInt128 {
  if shift <= 0 { return value << -shift }
  if shift >= 128 { return 0 }
  let quotient = value >> shift
  let rest = value - quotient << shift
  let half: UInt128 = 1 << (shift - 1)
  return rest > half || (rest == half && quotient & 1 == 1) ? quotient + 1 : quotient
}
