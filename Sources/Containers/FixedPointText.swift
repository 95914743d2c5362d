// Unsafe: digits are written into the text's inline storage of 31 bytes, of which they take 27 at most; vsnprintf is
// told the size of what it writes to.

import Glibc

extension DecimalText {
  /// The text of `value`, below 10^17 in magnitude, with so many decimals, 4 at most: C's `%.4f`.
  public init(fixed value: Double, decimals: Int) {
    precondition(value.magnitude < 1e17 && decimals > 0 && decimals <= 4, "a number that is too long")
    self.init()
    // value = mantissa / 2^shift; numbers below 2^-1022 are none of their own at four decimals.
    let mantissa = value.isNormal ? UInt128(value.significandBitPattern | 1 << 52) : 0
    let shift = value.isNormal ? 52 - Int(value.exponent) : 0
    let scale = powerOfTen(decimals)
    let scaled = roundedShift(mantissa * UInt128(scale), by: shift)
    let (whole, fraction) = scaled.quotientAndRemainder(dividingBy: UInt128(scale))
    unsafe format { target in
      var length = 0
      if value.sign == .minus {
        unsafe target[0] = UInt8(ascii: "-")
        length = 1
      }
      length += unsafe formatInteger(UInt64(whole), into: target + length)
      unsafe target[length] = UInt8(ascii: ".")
      unsafe storeDigits(UInt64(fraction), count: decimals, at: target + length + 1)
      return length + 1 + decimals
    }
  }
}

/// The text of any number as C's `%f` writes it, which may be hundreds of digits: for error replies.
public func sixDecimalsText(_ value: Double) -> [UInt8] {
  // The longest has 309 digits before the point.
  unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
    let length = unsafe withVaList([value]) { unsafe vsnprintf(buffer.baseAddress, 400, "%f", $0) }
    return unsafe buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }
  }
}
