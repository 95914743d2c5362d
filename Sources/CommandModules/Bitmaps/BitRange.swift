import ServerKernel

/// What the positions of a range count.
enum RangeUnit {
  case byte, bit

  init(_ call: borrowing Call, _ index: Int) throws(CommandError) {
    if call.matches(index, "BIT") {
      self = .bit
    } else if call.matches(index, "BYTE") {
      self = .byte
    } else {
      throw .syntax
    }
  }

  /// The bits from `start` to `end`, both inclusive and counted from the end when negative, of a string of `count`
  /// bytes; none when they are out of order.
  func bits(from start: Int64, to end: Int64, count: Int) -> Range<Int> {
    let scale = self == .byte ? 8 : 1
    let total = Int64(count * 8 / scale)
    let first = max(0, start < 0 ? start + total : start)
    let last = min(total - 1, max(0, end < 0 ? end + total : end))
    return first > last ? 0..<0 : Int(first) * scale..<Int(last + 1) * scale
  }
}
