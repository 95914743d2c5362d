import Containers
import ScriptEngines

/// Writes values of scripts as MessagePack; what it does not have, and what lies too deep, is nil.
struct MessagePackEncoder: ~Copyable {
  private(set) var output = ByteBuffer()
  /// Tables inside of tables.
  static let deepest = 16

  mutating func encode(_ value: borrowing ScriptValue, depth: Int) {
    switch value.kind {
    case .boolean: output.append(value.isTrue ? 0xc3 : 0xc2)
    case .number: encode(value.number)
    case .string: encode(value.string)
    case .table where depth < Self.deepest: encodeTable(value, depth: depth + 1)
    default: output.append(0xc0)
    }
  }

  private mutating func encode(_ number: Double) {
    if number >= -0x1p63 && number < 0x1p63 && number.rounded() == number { return encode(Int64(number)) }
    let single = Float(number)
    if Double(single) == number {
      append(0xca, UInt64(single.bitPattern), bytes: 4)
    } else {
      append(0xcb, number.bitPattern, bytes: 8)
    }
  }

  private mutating func encode(_ integer: Int64) {
    let bits = UInt64(bitPattern: integer)
    switch integer {
    case 0...0x7f, -32 ... -1: output.append(UInt8(truncatingIfNeeded: bits))
    case 0x80...0xff: append(0xcc, bits, bytes: 1)
    case 0x100...0xffff: append(0xcd, bits, bytes: 2)
    case 0x1_0000...0xffff_ffff: append(0xce, bits, bytes: 4)
    case 0x1_0000_0000...: append(0xcf, bits, bytes: 8)
    case -0x80 ... -33: append(0xd0, bits, bytes: 1)
    case -0x8000 ... -0x81: append(0xd1, bits, bytes: 2)
    case -0x8000_0000 ... -0x8001: append(0xd2, bits, bytes: 4)
    default: append(0xd3, bits, bytes: 8)
    }
  }

  private mutating func encode(_ string: borrowing Bytes) {
    let count = UInt64(string.count)
    switch count {
    case ..<32: output.append(0xa0 | UInt8(count))
    case ..<0x100: append(0xd9, count, bytes: 1)
    case ..<0x1_0000: append(0xda, count, bytes: 2)
    default: append(0xdb, count, bytes: 4)
    }
    output.append(string)
  }

  private mutating func encodeTable(_ table: borrowing ScriptValue, depth: Int) {
    let (count, isArray, isInOrder) = shape(table)
    if !isArray {
      begin(small: 0x80, large: 0xde, count)
      var pairs = table.pairs
      while !pairs.isAtEnd { encode(pairs.next(), depth: depth) }
      return
    }
    begin(small: 0x90, large: 0xdc, count)
    if isInOrder {
      var pairs = table.pairs
      while !pairs.isAtEnd {
        _ = pairs.next()
        encode(pairs.next(), depth: depth)
      }
      return
    }
    var offsets = [Int](repeating: 0, count: count)
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let index = Int(pairs.next().number)
      offsets[index - 1] = pairs.offset
      _ = pairs.next()
    }
    for offset in offsets { encode(pairs.value(at: offset), depth: depth) }
  }

  /// Whether the keys are the numbers from 1 to their count, and lie in that order.
  private func shape(_ table: borrowing ScriptValue) -> (count: Int, isArray: Bool, isInOrder: Bool) {
    var count = 0
    var most = 0.0
    var isArray = true
    var isInOrder = true
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next()
      count += 1
      isArray = isArray && key.kind == .number && key.number >= 1 && key.number.rounded() == key.number
      if isArray {
        most = max(most, key.number)
        isInOrder = isInOrder && key.number == Double(count)
      }
      _ = pairs.next()
    }
    return (count, isArray && most == Double(count), isInOrder)
  }

  private mutating func begin(small: UInt8, large: UInt8, _ count: Int) {
    switch count {
    case ..<16: output.append(small | UInt8(count))
    case ..<0x1_0000: append(large, UInt64(count), bytes: 2)
    default: append(large + 1, UInt64(count), bytes: 4)
    }
  }

  private mutating func append(_ mark: UInt8, _ bits: UInt64, bytes: Int) {
    output.append(mark)
    for index in (0..<bytes).reversed() { output.append(UInt8(truncatingIfNeeded: bits >> UInt64(8 * index))) }
  }
}
