// Unsafe: snprintf writes into a buffer of its own, whose size it is told.

import Containers
import Glibc

/// Numbers as C's `%.*g` writes them.
public enum NumberText {
  /// The text of a number with so many significant digits.
  public static func general(_ value: Double, digits: Int) -> [UInt8] {
    var text = [CChar](repeating: 0, count: 64)
    let count = unsafe withVaList([Int32(clamping: min(max(digits, 1), 40)), value]) { arguments in
      unsafe vsnprintf(&text, text.count, "%.*g", arguments)
    }
    return text[..<Int(count)].map { UInt8(bitPattern: $0) }
  }
}

extension NumberText {
  /// The number that the beginning of `text` spells as C's `strtod` reads it, and how many bytes that takes: 0 for
  /// none.
  public static func leading(_ text: borrowing Bytes) -> (value: Double, length: Int) {
    var end = 0
    while end < text.count, isPart(text[end]) { end += 1 }
    var copy = text[0..<end].array.map { CChar(bitPattern: $0) }
    copy.append(0)
    return unsafe copy.withUnsafeBufferPointer { characters in
      guard let start = characters.baseAddress else { return (0, 0) }
      var rest: UnsafeMutablePointer<CChar>?
      let value = unsafe strtod(start, &rest)
      return unsafe (value, rest.map { unsafe UnsafePointer($0) - start } ?? 0)
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
