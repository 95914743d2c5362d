import Containers

/// The 20 bytes that DEBUG DIGEST mixes a value's content into.
///
/// Source: Redis 7.0 `debug.c`. Ordered content is mixed, unordered content is xored, so that equal data
/// sets have equal digests whatever order their elements are stored in.
public struct ValueDigest {
  /// The digest so far.
  public private(set) var value = InlineArray<20, UInt8>(repeating: 0)

  /// The digest of nothing.
  public init() {}

  /// Adds content whose place does not matter: digest = digest xor SHA1(bytes).
  public mutating func xor(_ bytes: borrowing Bytes) {
    var hash = SHA1()
    hash.update(bytes)
    let result = hash.finish()
    for index in 0..<20 { value[index] ^= result[index] }
  }

  /// Adds content whose place matters: digest = SHA1(digest xor SHA1(bytes)).
  public mutating func mix(_ bytes: borrowing Bytes) {
    xor(bytes)
    var hash = SHA1()
    hash.update(value)
    value = hash.finish()
  }

  /// Adds the digest of an element that was computed apart, its place not mattering.
  public mutating func xor(_ element: ValueDigest) {
    var hash = SHA1()
    hash.update(element.value)
    let result = hash.finish()
    for index in 0..<20 { value[index] ^= result[index] }
  }

  /// The digest as 40 hexadecimal digits.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var text = ""
    for index in 0..<20 {
      text.unicodeScalars.append(digits[Int(value[index] >> 4)])
      text.unicodeScalars.append(digits[Int(value[index] & 15)])
    }
    return text
  }
}
