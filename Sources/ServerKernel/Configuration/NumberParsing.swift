/// The two ways in which Redis reads whole numbers from configuration values.
public enum NumberParsing {
  /// A number in its canonical form only: no sign but a minus, no leading zeros, no blanks; nil otherwise.
  static func strict(_ text: [UInt8]) -> Int? {
    let number = Int(String(decoding: text, as: UTF8.self))
    return number.flatMap { Array(String($0).utf8) == text ? $0 : nil }
  }

  /// A number as strtoll(3) reads it when nothing may follow: blanks and a sign may lead, nothing at all is 0.
  public static func lenient(_ text: [UInt8], radix: Int = 10) -> Int? {
    var rest = text.drop { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0d) }
    if rest.isEmpty { return text.isEmpty ? 0 : nil }
    if rest.first == 0x2b {
      rest = rest.dropFirst()
      if rest.first == 0x2d || rest.first == 0x2b { return nil }
    }
    return Int(String(decoding: rest, as: UTF8.self), radix: radix)
  }
}
