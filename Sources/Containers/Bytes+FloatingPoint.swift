// Unsafe: C's strtod and strtold want a terminated string, so uncommon spellings are copied to
// scratch memory first (the stack's for the usual sizes), with one byte more for the terminator.
import Glibc

#if arch(x86_64)
  /// C's `long double`, in which Redis adds for INCRBYFLOAT and HINCRBYFLOAT: 64 bits of precision here.
  public typealias Extended = Float80
#else
  /// The widest type Swift has here. Redis adds in C's `long double`, which is wider on this platform.
  public typealias Extended = Double
#endif

extension Bytes {
  /// The number the bytes spell in any way C's `strtod` reads, or nil.
  ///
  /// All bytes must be used, so no white space around it; hexadecimal and "inf" are accepted,
  /// NaN is not, nor a magnitude that overflows to infinity or underflows to zero.
  /// Redis calls this `string2d`. O(count).
  public var double: Double? {
    if let plain = plainDecimal, let value = plain.exactDouble { return value }
    guard count > 0 && !isASCIISpace(self[0]) else { return nil }
    return unsafe withTerminatedCopy { text in
      var end: UnsafeMutablePointer<CChar>?
      errno = 0
      let value = unsafe strtod(text, &end)
      guard unsafe end == UnsafeMutablePointer(mutating: text) + count, !value.isNaN else { return nil }
      return errno == ERANGE && (value.isInfinite || value.isZero) ? nil : value
    }
  }

  /// The number the bytes spell in any way C's `strtold` reads, or nil; rules as for `double`.
  ///
  /// Redis calls this `string2ld`, which also refuses texts of 5 KB and more. O(count).
  public var extended: Extended? {
    guard count > 0 && count < 5 * 1024 && !isASCIISpace(self[0]) else { return nil }
    if let plain = plainDecimal, plain.fractionDigits == 0 {
      return plain.isNegative ? -Extended(plain.mantissa) : Extended(plain.mantissa)
    }
    #if arch(x86_64)
      return unsafe withTerminatedCopy { text in
        var end: UnsafeMutablePointer<CChar>?
        errno = 0
        let value = unsafe strtold(text, &end)
        guard unsafe end == UnsafeMutablePointer(mutating: text) + count, !value.isNaN else { return nil }
        return errno == ERANGE && (value.isInfinite || value.isZero) ? nil : value
      }
    #else
      return double
    #endif
  }

  /// The common spelling, `[-]digits[.digits]` with at most 19 digits in all, taken apart; else nil.
  private var plainDecimal: PlainDecimal? {
    guard count > 0 && count <= 21 else { return nil }
    var position = 0
    var number = PlainDecimal(isNegative: self[0] == UInt8(ascii: "-"), mantissa: 0, fractionDigits: 0)
    if number.isNegative { position = 1 }
    var pointPosition: Int?
    var digits = 0
    while position < count {
      let digit = self[position] &- 48
      if digit <= 9 {
        number.mantissa = number.mantissa &* 10 &+ UInt64(digit)
        digits += 1
      } else if self[position] == UInt8(ascii: ".") && pointPosition == nil {
        pointPosition = position
      } else {
        return nil
      }
      position += 1
    }
    guard digits > 0 && digits <= 19 else { return nil }
    if let pointPosition { number.fractionDigits = count - 1 - pointPosition }
    return number
  }

  /// Runs `body` on a copy of the bytes that is followed by a zero byte.
  private func withTerminatedCopy<Result>(
    _ body: (UnsafePointer<CChar>) -> Result
  ) -> Result {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { copy in
      let target = unsafe copy.baseAddress.unsafelyUnwrapped
      unsafe memcpy(target, baseAddress, count)
      unsafe target[count] = 0
      return unsafe body(target)
    }
  }
}

/// A number as mantissa / 10^fractionDigits.
private struct PlainDecimal {
  var isNegative: Bool
  var mantissa: UInt64
  var fractionDigits: Int

  /// The correctly rounded value, where one floating-point division gives it: the mantissa and
  /// the power of ten are both exact doubles (W. D. Clinger, "How to Read Floating Point Numbers
  /// Accurately", 1990). Nil elsewhere.
  var exactDouble: Double? {
    guard mantissa <= 1 << 53 else { return nil }
    // A mantissa with fraction digits has at most 19 of them, and 10^19 is an exact double.
    let magnitude = Double(mantissa) / Double(powerOfTen(fractionDigits))
    return isNegative ? -magnitude : magnitude
  }
}

extension Bytes {
  /// The number that C's `strtod` reads, up to a zero byte if there is one, or nil when it leaves something over.
  ///
  /// White space may stand in front, nothing at all is zero, and what overflows is infinite; NaN is refused. Redis
  /// parses the ends of ranges of scores this way. O(count).
  public var lenientDouble: Double? {
    if let plain = plainDecimal, let value = plain.exactDouble { return value }
    let text = self[0..<(firstIndex(of: 0) ?? count)]
    return unsafe text.withTerminatedCopy { copy in
      var end: UnsafeMutablePointer<CChar>?
      let value = unsafe strtod(copy, &end)
      let isAll = unsafe end == UnsafeMutablePointer(mutating: copy) + text.count
      return isAll && !value.isNaN ? value : nil
    }
  }
}
