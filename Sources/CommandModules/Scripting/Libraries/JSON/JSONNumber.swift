import Containers

/// The usual spellings of numbers, in which C's library takes the most of the time.
enum JSONNumber {
  /// Digits of which any number is a `UInt64`.
  private static let mostDigits = 18

  /// The number that stands at the beginning of a text, with at most a fraction, and its length. Nil where it goes on,
  /// or where it takes more than one rounding.
  static func read(_ text: borrowing Bytes) -> (value: Double, length: Int)? {
    let isNegative = !text.isEmpty && text[0] == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    var index = start
    var mantissa: UInt64 = 0
    readDigits(text, &index, &mantissa)
    if index == start { return nil }
    var scale = 1.0
    if index < text.count && text[index] == UInt8(ascii: ".") {
      let point = index
      index += 1
      readDigits(text, &index, &mantissa)
      // Both are exact doubles, so that dividing them rounds once.
      if index == point + 1 || mantissa > 1 << 53 { return nil }
      for _ in point + 1..<index { scale *= 10 }
    }
    if index - start > mostDigits || !ends(text, index) { return nil }
    let value = Double(mantissa) / scale
    return (isNegative ? -value : value, index)
  }

  @inline(__always)
  private static func readDigits(_ text: borrowing Bytes, _ index: inout Int, _ mantissa: inout UInt64) {
    while index < min(text.count, mostDigits + 2) {
      let digit = text[index] &- UInt8(ascii: "0")
      if digit > 9 { return }
      mantissa = mantissa &* 10 &+ UInt64(digit)
      index += 1
    }
  }

  /// Whether what may stand behind a value does: anything else could be part of it.
  private static func ends(_ text: borrowing Bytes, _ index: Int) -> Bool {
    if index == text.count { return true }
    switch text[index] {
    case UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"), 9, 10, 13, 32: return true
    default: return false
    }
  }

  /// Appends the text that C's `%.14g` has for a number with one to six decimals; false, and nothing is appended, for
  /// any other.
  ///
  /// Such a number is the double nearest to a decimal of at most fourteen digits. Half a unit of its last bit is far
  /// less than one of the fourteenth digit, so rounding it to so many gives that decimal.
  static func append(_ number: Double, to output: inout ByteBuffer) -> Bool {
    let magnitude = number.magnitude
    guard magnitude >= 1e-4 && magnitude < 1e13 else { return false }
    var unit: UInt64 = 1
    for _ in 1...6 {
      unit *= 10
      let scaled = magnitude * Double(unit) + 0.5
      if scaled >= 1e14 { return false }
      let decimal = UInt64(scaled)
      if Double(decimal) / Double(unit) != magnitude { continue }
      if number < 0 { output.append(UInt8(ascii: "-")) }
      let (whole, fraction) = decimal.quotientAndRemainder(dividingBy: unit)
      output.append(decimal: whole)
      output.append(UInt8(ascii: "."))
      var rest = fraction, digit = unit / 10
      while digit > 0 {
        output.append(UInt8(ascii: "0") + UInt8(rest / digit))
        rest %= digit
        digit /= 10
      }
      return true
    }
    return false
  }
}
