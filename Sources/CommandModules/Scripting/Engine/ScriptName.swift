import Containers

/// The name of a script: the SHA-1 digest of its source.
struct ScriptName: Hashable {
  /// Digits of its text.
  static let length = 40

  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// The name of the script with this source.
  init(of source: borrowing Bytes) {
    let digest = SHA1.digest(source)
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    for index in 0..<8 { words.0 = words.0 << 8 | UInt64(digest[index]) }
    for index in 8..<16 { words.1 = words.1 << 8 | UInt64(digest[index]) }
    for index in 16..<20 { words.2 = words.2 << 8 | UInt64(digest[index]) }
    high = words.0
    middle = words.1
    low = UInt32(words.2)
  }

  /// The name that forty hexadecimal digits spell, in either case; nil for anything else.
  init?(_ text: borrowing Bytes) {
    guard text.count == Self.length else { return nil }
    var words: (UInt64, UInt64, UInt64) = (0, 0, 0)
    for index in 0..<40 {
      guard let digit = hexadecimalDigit(text[index]) else { return nil }
      if index < 16 {
        words.0 = words.0 << 4 | UInt64(digit)
      } else if index < 32 {
        words.1 = words.1 << 4 | UInt64(digit)
      } else {
        words.2 = words.2 << 4 | UInt64(digit)
      }
    }
    high = words.0
    middle = words.1
    low = UInt32(words.2)
  }

  /// The forty digits.
  var text: [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(Self.length)
    for shift in stride(from: 60, through: 0, by: -4) { text.append(hexadecimalText(UInt8(high >> shift & 15))) }
    for shift in stride(from: 60, through: 0, by: -4) { text.append(hexadecimalText(UInt8(middle >> shift & 15))) }
    for shift in stride(from: 28, through: 0, by: -4) { text.append(hexadecimalText(UInt8(low >> shift & 15))) }
    return text
  }
}

/// The value of a hexadecimal digit, in either case.
func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): return byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): return byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): return byte - UInt8(ascii: "A") + 10
  default: return nil
  }
}

/// The hexadecimal digit of a value under 16, in lower case.
func hexadecimalText(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
