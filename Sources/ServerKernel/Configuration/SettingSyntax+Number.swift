/// How a whole number is written in configuration files.
public enum NumberFormat: Sendable {
  /// Decimal digits.
  case integer
  /// An amount of memory in bytes, with units.
  case memory
  /// An amount of memory, or a percentage, which is stored as a negative number.
  case memoryOrPercent
  /// Octal digits, as of file permissions.
  case octal
}

extension SettingSyntax {
  /// A number within `range`, written as `format`.
  public static func number(_ format: NumberFormat, in range: ClosedRange<Int>) -> SettingSyntax {
    SettingSyntax(
      parse: { words throws(ConfigurationError) in
        let number = try format.parse(words[0])
        try format.check(number, within: range)
        return Int(clamping: number)
      },
      format: { Array(format.text(of: $0).utf8) },
      line: { Array(format.fileText(of: $0).utf8) })
  }
}

extension NumberFormat {
  /// Wider than the stored word, so that an amount of memory past it is found out of range rather than malformed.
  fileprivate func parse(_ text: [UInt8]) throws(ConfigurationError) -> Int128 {
    switch self {
    case .integer:
      if let number = NumberParsing.strict(text) { return Int128(number) }
      throw ConfigurationError("argument couldn't be parsed into an integer")
    case .memory:
      if let bytes = MemorySize.parse(text) { return Int128(bytes) }
      throw ConfigurationError("argument must be a memory value")
    case .memoryOrPercent:
      if let bytes = MemorySize.parse(text) { return Int128(bytes) }
      let digits = Array(text.dropLast())
      if text.last == UInt8(ascii: "%"), let percent = NumberParsing.strict(digits), percent >= 0 {
        return -Int128(percent)
      }
      throw ConfigurationError("argument must be a memory or percent value")
    case .octal:
      if let number = NumberParsing.lenient(text, radix: 8) { return Int128(number) }
      throw ConfigurationError("argument couldn't be parsed as an octal number")
    }
  }

  fileprivate func check(_ number: Int128, within range: ClosedRange<Int>) throws(ConfigurationError) {
    if number >= Int128(range.lowerBound) && number <= Int128(range.upperBound) { return }
    if self == .memoryOrPercent && number < 0 {
      throw ConfigurationError("percentage argument must be less or equal to \(-range.lowerBound)")
    }
    let radix = self == .octal ? 8 : 10
    let lower = String(range.lowerBound, radix: radix), upper = String(range.upperBound, radix: radix)
    throw ConfigurationError("argument must be between \(lower) and \(upper) inclusive")
  }

  fileprivate func text(of number: Int) -> String {
    switch self {
    case .memoryOrPercent where number < 0: "\(-number)%"
    case .octal: String(number, radix: 8)
    default: "\(number)"
    }
  }

  fileprivate func fileText(of number: Int) -> String {
    switch self {
    case .memory: MemorySize.format(number)
    case .memoryOrPercent where number >= 0: MemorySize.format(number)
    default: text(of: number)
    }
  }
}
