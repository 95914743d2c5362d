import Containers

/// Strings as RDB writes them, read one after another. No length is believed before its bytes are there.
struct PayloadReader: ~Escapable {
  private let bytes: Bytes
  private var position = 0

  @_lifetime(copy bytes)
  init(_ bytes: Bytes) { self.bytes = bytes }

  var isAtEnd: Bool { position >= bytes.count }

  /// The next byte; 0 at the end.
  mutating func byte() -> UInt8 {
    if isAtEnd { return 0 }
    position += 1
    return bytes[position - 1]
  }

  /// The next string, whatever it is written as; nil when it is cut off or damaged.
  mutating func string() -> [UInt8]? {
    switch length() {
    case .plain(let count):
      guard count <= bytes.count - position else { return nil }
      position += count
      return bytes[position - count..<position].array
    case .integer(let size):
      guard size <= bytes.count - position else { return nil }
      position += size
      let word = bytes[position - size..<position].integer(littleEndianBytes: size)
      let value = Int64(bitPattern: word << UInt64(64 - 8 * size)) >> Int64(64 - 8 * size)
      return Array("\(value)".utf8)
    case .compressed:
      guard case .plain(let packed) = length(), case .plain(let count) = length(),
        packed <= bytes.count - position
      else { return nil }
      position += packed
      var output = ByteBuffer()
      let isWhole = LZF.decompress(bytes[position - packed..<position], into: &output, count: count)
      return isWhole ? output.bytes.array : nil
    case nil: return nil
    }
  }

  private enum Length {
    case plain(Int)
    /// A string that is an integer of so many bytes.
    case integer(Int)
    case compressed
  }

  /// A length, which the two highest bits of its first byte tell the form of.
  private mutating func length() -> Length? {
    if isAtEnd { return nil }
    let first = byte()
    switch first >> 6 {
    case 0: return .plain(Int(first & 63))
    case 1: return isAtEnd ? nil : .plain(Int(first & 63) << 8 | Int(byte()))
    case 2:
      let size = first == 0x80 ? 4 : 8
      guard first <= 0x81, size <= bytes.count - position else { return nil }
      var value: UInt64 = 0
      for _ in 0..<size { value = value << 8 | UInt64(byte()) }
      return value > UInt64(Int32.max) ? nil : .plain(Int(value))
    default:
      switch first & 63 {
      case 0, 1, 2: return .integer(1 << Int(first & 63))
      case 3: return .compressed
      default: return nil
      }
    }
  }
}
