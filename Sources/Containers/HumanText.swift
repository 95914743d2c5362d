// Unsafe: digits are written into the inline storage of 48 bytes (20 integer digits, a point,
// 17 fraction digits and a sign are 39), or by vsnprintf into a block of 5 KB, more than the
// 4,934 bytes of the longest number.
import Glibc

/// The text of an extended-precision number as INCRBYFLOAT and HINCRBYFLOAT write it:
/// `%.17Lf` without trailing zeros, never with an exponent, "inf" and "-inf" for infinities.
///
/// Redis calls this `ld2string` in mode "human". Numbers below 2^64 are formatted in place and
/// exactly; larger ones (up to 4,933 digits) by the C library into a block of their own.
@safe
public struct HumanText: ~Copyable {
  private var storage: InlineArray<48, UInt8>
  private var length: Int
  /// The text, when it is longer than the inline storage; nil else.
  private var overflow: UnsafeMutablePointer<UInt8>?

  /// Formats `value`; "nan" for NaN, which the commands refuse before.
  public init(_ value: Extended) {
    storage = InlineArray(repeating: 0)
    length = 0
    unsafe overflow = nil
    if value.magnitude < 0x1p64 {
      var storageSpan = storage.mutableSpan
      length = unsafe storageSpan.withUnsafeMutableBufferPointer {
        unsafe formatHuman(value, into: $0.baseAddress.unsafelyUnwrapped)
      }
    } else if value.isFinite {
      formatLarge(value)
    } else {
      let word: StaticString = value.isNaN ? "nan" : value < 0 ? "-inf" : "inf"
      length = word.utf8CodeUnitCount
      for index in 0..<length { storage[index] = unsafe word.utf8Start[index] }
    }
  }

  deinit { unsafe free(overflow) }

  /// The text, as long as this value is alive.
  public var bytes: Bytes {
    @_lifetime(borrow self) get {
      let start: UnsafeRawPointer
      if let overflow = unsafe overflow {
        unsafe start = UnsafeRawPointer(overflow)
      } else {
        unsafe start = storage.span.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
      }
      return unsafe _overrideLifetime(Bytes(unsafeStart: start, count: length), borrowing: self)
    }
  }

  /// Formats an integral value of 2^64 and above, where `%.17Lf` has only zeros after the point.
  private mutating func formatLarge(_ value: Extended) {
    let capacity = 5 * 1024
    guard let block = unsafe malloc(capacity) else { fatalError("out of memory") }
    #if arch(x86_64)
      let form = "%.0Lf"
    #else
      let form = "%.0f"
    #endif
    length = unsafe withVaList([value]) { arguments in
      Int(unsafe vsnprintf(block.assumingMemoryBound(to: CChar.self), capacity, form, arguments))
    }
    unsafe overflow = block.assumingMemoryBound(to: UInt8.self)
  }
}

/// Writes a `value` whose magnitude is below 2^64, rounded half to even to 17 decimals.
@unsafe
private func formatHuman(_ value: Extended, into target: UnsafeMutablePointer<UInt8>) -> Int {
  let magnitude = value.magnitude
  let whole = magnitude.rounded(.towardZero)
  // Exact: the difference of a number and its integral part has no more bits than the number.
  let fraction = magnitude - whole
  var integer = UInt128(UInt64(whole))
  var decimals = roundedShift(
    scaledSignificand(fraction) * 100_000_000_000_000_000, by: significandBits - 1 - exponent(of: fraction))
  if decimals == 100_000_000_000_000_000 {
    decimals = 0
    integer += 1
  }
  var length = 0
  // No sign for what rounds to zero: Redis turns "-0" into "0".
  if value < 0 && (integer != 0 || decimals != 0) {
    unsafe target.pointee = UInt8(ascii: "-")
    length = 1
  }
  // A fraction and 2^64 - 1 together need more bits than `Extended` has, so no carry reaches 2^64.
  length += unsafe formatInteger(UInt64(integer), into: target + length)
  if decimals == 0 { return length }
  unsafe target[length] = UInt8(ascii: ".")
  unsafe storeDigits(UInt64(decimals), count: 17, at: target + length + 1)
  length += 18
  while unsafe target[length - 1] == UInt8(ascii: "0") { length -= 1 }
  return length
}

/// How many bits the significand of `Extended` has, the leading one included.
private var significandBits: Int { Extended.significandBitCount + 1 }

/// The significand of `value` (0 <= value < 1) as an integer of `significandBits` bits; 0 for 0.
private func scaledSignificand(_ value: Extended) -> UInt128 {
  value == 0 ? 0 : UInt128(UInt64(Extended(sign: .plus, exponent: significandBits - 1, significand: value.significand)))
}

private func exponent(of value: Extended) -> Int { value == 0 ? 0 : Int(value.exponent) }
