import Containers
import ScriptEngines

/// Makes values for scripts of MessagePack.
struct MessagePackDecoder {
  private let text: [UInt8]
  private let result: ScriptWriter
  /// Where the next value is.
  private(set) var position: Int
  /// Tables inside of tables that an interpreter's stack holds.
  private static let deepest = 3000

  init(_ text: [UInt8], from position: Int, _ result: ScriptWriter) {
    self.text = text
    self.position = position
    self.result = result
  }

  var isAtEnd: Bool { position >= text.count }

  /// Writes the next value.
  mutating func decode(depth: Int) throws(LibraryError) {
    if depth > Self.deepest { throw .text("stack overflow (in function mp_decode_to_lua_type)") }
    let mark = UInt8(try integer(1))
    switch mark {
    case ...0x7f: result.number(Double(mark))
    case 0xe0...: result.number(Double(Int8(bitPattern: mark)))
    case 0x80...0x8f: try table(Int(mark & 15), depth: depth, isArray: false)
    case 0x90...0x9f: try table(Int(mark & 15), depth: depth, isArray: true)
    case 0xa0...0xbf: try string(Int(mark & 31))
    case 0xc0: result.null()
    case 0xc2: result.boolean(false)
    case 0xc3: result.boolean(true)
    case 0xca: result.number(Double(Float(bitPattern: UInt32(try integer(4)))))
    case 0xcb: result.number(Double(bitPattern: try integer(8)))
    case 0xcc...0xcf: result.number(Double(try integer(1 << Int(mark - 0xcc))))
    case 0xd0...0xd3:
      let bytes = 1 << Int(mark - 0xd0)
      let shift = UInt64(64 - 8 * bytes)
      result.number(Double(Int64(bitPattern: try integer(bytes) << shift) >> Int64(shift)))
    case 0xd9...0xdb: try string(Int(try integer(1 << Int(mark - 0xd9))))
    case 0xdc, 0xdd: try table(Int(try integer(mark == 0xdc ? 2 : 4)), depth: depth, isArray: true)
    case 0xde, 0xdf: try table(Int(try integer(mark == 0xde ? 2 : 4)), depth: depth, isArray: false)
    default: throw .text("Bad data format in input.")
    }
  }

  private mutating func integer(_ bytes: Int) throws(LibraryError) -> UInt64 {
    if text.count - position < bytes { throw .text("Missing bytes in input.") }
    var value: UInt64 = 0
    for _ in 0..<bytes {
      value = value << 8 | UInt64(text[position])
      position += 1
    }
    return value
  }

  private mutating func string(_ count: Int) throws(LibraryError) {
    if text.count - position < count { throw .text("Missing bytes in input.") }
    result.string(text.bytes[position..<position + count])
    position += count
  }

  private mutating func table(_ count: Int, depth: Int, isArray: Bool) throws(LibraryError) {
    let table = result.begin(isArray: isArray)
    for _ in 0..<count {
      if !isArray { try decode(depth: depth + 1) }
      try decode(depth: depth + 1)
    }
    result.end(table, count: count)
  }
}
