import Containers

/// Tells a torn end from damage: a length that went wrong makes an argument swallow the commands behind it, and
/// then the file seems to end in the midst of it.
///
/// What the last argument holds says nothing, since a value may be anything, the text of commands too. But a file that
/// was torn ends where chance had it, and one that was damaged ends with a command: only where another length makes all
/// of the file whole, to its last byte, it is taken for damaged. O(bytes).
enum DamageCheck {
  /// Whether the file from `offset` on, where an incomplete command or transaction begins, is damaged and not torn: a
  /// single flipped bit in the length of the incomplete command's last argument explains it, and hides whole commands.
  static func looksDamaged(_ bytes: borrowing Bytes, from offset: Int) -> Bool {
    guard let start = firstIncomplete(bytes, from: offset), let header = overlongHeader(bytes, from: start) else {
      return false
    }
    for index in header {
      for bit in 0..<4 {
        let flip = (index: index, mask: UInt8(1) << UInt8(bit))
        // A command that then ends with the file may as well have been cut there.
        if let end = commandEnd(bytes, from: start, flip: flip), end < bytes.count,
          firstIncomplete(bytes, from: end) == nil
        {
          return true
        }
      }
    }
    return false
  }

  /// The first command or annotation from `offset` on that is not whole; nil when all are.
  private static func firstIncomplete(_ bytes: borrowing Bytes, from offset: Int) -> Int? {
    var position = offset
    while position < bytes.count {
      let end =
        bytes[position] == UInt8(ascii: "#")
        ? bytes.firstIndex(of: 10, from: position).map { $0 + 1 } : commandEnd(bytes, from: position)
      guard let end else { return position }
      position = end
    }
    return nil
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
    guard bytes[start] == UInt8(ascii: "*"), let (count, first) = number(bytes, start + 1, flip), count > 0
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
      // Numbers are written without leading zeros.
      if position == start + 1 && digits.value == 0 && byte != 13 { return nil }
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
