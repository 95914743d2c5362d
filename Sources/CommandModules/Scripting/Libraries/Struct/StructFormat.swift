import Containers
import ScriptEngines

/// The format of a binary structure, read option by option.
struct StructFormat {
  private let text: [UInt8]
  private var position = 0
  private(set) var isBigEndian = false
  private var alignment = 1

  /// What has to be aligned is aligned to this much unless the format says otherwise, bytes.
  private static let defaultAlignment = 8
  private static let largestInteger = 32

  init(_ text: [UInt8]) { self.text = text }

  /// Whether there are no more options.
  var isAtEnd: Bool { position >= text.count }

  /// The next option and the size that it stands for.
  mutating func next() throws(LibraryError) -> (option: UInt8, size: Int) {
    let option = text[position]
    position += 1
    switch option {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "x"): return (option, 1)
    case UInt8(ascii: "h"), UInt8(ascii: "H"): return (option, 2)
    case UInt8(ascii: "f"): return (option, 4)
    case UInt8(ascii: "l"), UInt8(ascii: "L"), UInt8(ascii: "T"), UInt8(ascii: "d"): return (option, 8)
    case UInt8(ascii: "c"): return (option, try number(default: 1))
    case UInt8(ascii: "i"), UInt8(ascii: "I"):
      let size = try number(default: 4)
      if size > Self.largestInteger {
        throw .text("integral size \(size) is larger than limit of \(Self.largestInteger)")
      }
      return (option, size)
    default: return (option, 0)
    }
  }

  private mutating func number(default defaultValue: Int) throws(LibraryError) -> Int {
    guard !isAtEnd, isDigit(text[position]) else { return defaultValue }
    var value = 0
    while !isAtEnd, isDigit(text[position]) {
      value = value * 10 + Int(text[position] - UInt8(ascii: "0"))
      if value > Int(Int32.max) { throw .text("integral size overflow") }
      position += 1
    }
    return value
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

  /// Bytes that lie unused before an option which begins at `offset`.
  func padding(_ option: UInt8, size: Int, at offset: Int) -> Int {
    if size == 0 || option == UInt8(ascii: "c") { return 0 }
    let unit = min(size, alignment)
    return (unit - (offset & (unit - 1))) & (unit - 1)
  }

  /// Carries out an option that says how others are to be taken.
  mutating func control(_ option: UInt8) throws(LibraryError) {
    switch option {
    case UInt8(ascii: " "): break
    case UInt8(ascii: ">"): isBigEndian = true
    case UInt8(ascii: "<"): isBigEndian = false
    case UInt8(ascii: "!"):
      let value = try number(default: Self.defaultAlignment)
      if value <= 0 || value & (value - 1) != 0 { throw .text("alignment \(value) is not a power of 2") }
      alignment = value
    default: throw .argument(1, Array("invalid format option '".utf8) + [option] + Array("'".utf8))
    }
  }
}
