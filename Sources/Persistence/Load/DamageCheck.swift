import Containers

/// Tells a torn end from damage: a length that went wrong makes an argument swallow the commands behind it, and
/// then the file seems to end in the midst of it.
enum DamageCheck {
  /// This many whole commands, one after another, are no value's content.
  private static let chainLength = 3

  /// Whether the file from `offset` on, where an incomplete command or transaction begins, is damaged and not torn:
  /// a single flipped bit in a length explains it, with whole commands behind; or a chain of commands follows.
  static func looksDamaged(_ bytes: borrowing Bytes, from offset: Int) -> Bool {
    guard let incomplete = firstIncomplete(bytes, from: offset) else { return false }
    return isExplainedByFlip(bytes, from: incomplete) || hasChain(bytes, from: incomplete + 1)
  }

  /// The first command from `offset` on that is not whole; nil when all are.
  private static func firstIncomplete(_ bytes: borrowing Bytes, from offset: Int) -> Int? {
    var position = offset
    while position < bytes.count {
      guard let end = commandEnd(bytes, from: position) else { return position }
      position = end
    }
    return nil
  }

  /// Whether another bit in the length of the argument that is too long makes the command whole, with another whole
  /// one behind it. A command that then ends with the file may as well have been cut there.
  private static func isExplainedByFlip(_ bytes: borrowing Bytes, from start: Int) -> Bool {
    guard let header = overlongHeader(bytes, from: start) else { return false }
    for index in header {
      for bit in 0..<8 {
        let flip = (index: index, mask: UInt8(1) << UInt8(bit))
        if let end = commandEnd(bytes, from: start, flip: flip), end < bytes.count, commandEnd(bytes, from: end) != nil
        {
          return true
        }
      }
    }
    return false
  }

  /// Whether so many whole commands follow one another from some line behind `start` on.
  private static func hasChain(_ bytes: borrowing Bytes, from start: Int) -> Bool {
    var position = start
    while let mark = bytes.firstIndex(of: UInt8(ascii: "*"), from: position) {
      position = mark + 1
      guard mark >= 2, bytes[mark - 1] == 10, bytes[mark - 2] == 13 else { continue }
      var end = mark
      var length = 0
      while length < chainLength, end < bytes.count, let next = commandEnd(bytes, from: end) {
        end = next
        length += 1
      }
      if length == chainLength { return true }
    }
    return false
  }

  /// The digits of the first length that reaches beyond the end of the file.
  private static func overlongHeader(_ bytes: borrowing Bytes, from start: Int) -> Range<Int>? {
    guard let (count, first) = number(bytes, start + 1, nil) else { return nil }
    var position = first
    for _ in 0..<max(0, count) {
      guard position < bytes.count, bytes[position] == UInt8(ascii: "$"),
        let (length, data) = number(bytes, position + 1, nil)
      else { return nil }
      if length < 0 || length > bytes.count - data - 2 || bytes[data + length] != 13 { return position + 1..<data - 2 }
      position = data + length + 2
    }
    return nil
  }

  /// The end of the whole command that begins at `start`, with a bit read otherwise; nil when there is none.
  private static func commandEnd(_ bytes: borrowing Bytes, from start: Int, flip: (index: Int, mask: UInt8)? = nil)
    -> Int?
  {
    guard bytes[start] == UInt8(ascii: "*"), let (count, first) = number(bytes, start + 1, flip), count > 0,
      count < 1 << 20
    else { return nil }
    var position = first
    for _ in 0..<count {
      guard position < bytes.count, bytes[position] == UInt8(ascii: "$"),
        let (length, data) = number(bytes, position + 1, flip), length >= 0, length <= bytes.count - data - 2,
        bytes[data + length] == 13, bytes[data + length + 1] == 10
      else { return nil }
      position = data + length + 2
    }
    return position
  }

  /// The number on the line from `start` on, and where the next line begins.
  private static func number(_ bytes: borrowing Bytes, _ start: Int, _ flip: (index: Int, mask: UInt8)?) -> (Int, Int)?
  {
    var digits = DecimalDigits()
    var position = start
    while position + 1 < bytes.count && position - start <= 19 {
      var byte = bytes[position]
      if let flip, flip.index == position { byte ^= flip.mask }
      if byte == 13 { return bytes[position + 1] == 10 && position > start ? (digits.value, position + 2) : nil }
      guard digits.append(byte) else { return nil }
      position += 1
    }
    return nil
  }

  /// Digits of a length, taken one by one.
  private struct DecimalDigits {
    var value = 0

    mutating func append(_ byte: UInt8) -> Bool {
      guard byte >= 48 && byte <= 57 else { return false }
      let (tenfold, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      value = tenfold &+ Int(byte - 48)
      return !isTooLarge && value >= 0
    }
  }
}
