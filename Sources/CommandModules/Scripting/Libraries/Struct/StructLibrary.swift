import Containers
import ScriptEngines

/// The table `struct`: binary structures.
enum StructLibrary {
  static var functions: [ScriptFunction] {
    [
      .library("struct", "pack") { arguments, result throws(LibraryError) in
        var packer = StructPacker(StructFormat(try arguments.next().text(argument: 1)))
        try packer.pack(&arguments)
        result.string(packer.output.bytes)
      },
      .library("struct", "unpack") { arguments, result throws(LibraryError) in
        let format = StructFormat(try arguments.next().text(argument: 1))
        let data = try arguments.next().text(argument: 2)
        let third = arguments.next()
        let position = third.kind == .none || third.kind == .nil ? 1 : try third.number(argument: 3)
        guard position >= 1 else { throw .argument(3, "offset must be 1 or greater") }
        try unpack(format, data, from: Int(min(position, 0x1p40)) - 1, result)
      },
      .library("struct", "size") { arguments, result throws(LibraryError) in
        result.number(Double(try size(StructFormat(try arguments.next().text(argument: 1)))))
      },
    ]
  }

  private static func size(_ given: StructFormat) throws(LibraryError) -> Int {
    var format = given
    var size = 0
    while !format.isAtEnd {
      let (option, bytes) = try format.next()
      size += format.padding(option, size: bytes, at: size)
      if option == UInt8(ascii: "s") { throw .argument(1, "option 's' has no fixed size") }
      if option == UInt8(ascii: "c") && bytes == 0 { throw .argument(1, "option 'c0' has no fixed size") }
      if !isAlphanumeric(option) { try format.control(option) }
      size += bytes
    }
    return size
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }

  /// What was read: a size may still be needed by what follows it.
  private enum Field {
    case number(Double)
    case string([UInt8])
  }

  private static func unpack(
    _ given: StructFormat, _ data: [UInt8], from start: Int, _ result: ScriptWriter
  ) throws(LibraryError) {
    var format = given
    var position = start
    var fields: [Field] = []
    while !format.isAtEnd {
      var (option, size) = try format.next()
      position += format.padding(option, size: size, at: position)
      if size > data.count || position > data.count - size { throw .argument(2, "data string too short") }
      switch option {
      case UInt8(ascii: "x"): break
      case UInt8(ascii: "c"):
        if size == 0 {
          guard case .number(let count)? = fields.popLast() else {
            throw .text("format 'c0' needs a previous size")
          }
          guard count >= 0, count <= Double(data.count - position) else { throw .argument(2, "data string too short") }
          size = Int(count)
        }
        fields.append(.string(Array(data[position..<position + size])))
      case UInt8(ascii: "s"):
        guard let end = data.bytes.firstIndex(of: 0, from: position) else { throw .text("unfinished string in data") }
        fields.append(.string(Array(data[position..<end])))
        size = end - position + 1
      case UInt8(ascii: "f"):
        let bits = UInt32(truncatingIfNeeded: integer(data, position, size, format.isBigEndian))
        fields.append(.number(Double(Float(bitPattern: bits))))
      case UInt8(ascii: "d"):
        fields.append(.number(Double(bitPattern: integer(data, position, size, format.isBigEndian))))
      case _ where StructPacker.integers.contains(option):
        let value = integer(data, position, size, format.isBigEndian)
        fields.append(.number(number(value, size, isSigned: option >= UInt8(ascii: "a"))))
      default: try format.control(option)
      }
      position += size
    }
    for field in fields {
      switch field {
      case .number(let number): result.number(number)
      case .string(let string): result.string(string.bytes)
      }
    }
    result.number(Double(position + 1))
  }

  private static func integer(_ data: [UInt8], _ position: Int, _ size: Int, _ isBigEndian: Bool) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<size {
      value = value << 8 | UInt64(data[position + (isBigEndian ? index : size - 1 - index)])
    }
    return value
  }

  private static func number(_ value: UInt64, _ size: Int, isSigned: Bool) -> Double {
    if !isSigned || size == 0 { return Double(value) }
    let mask = UInt64.max << UInt64((size * 8 - 1) & 63)
    return Double(Int64(bitPattern: value & mask == 0 ? value : value | mask))
  }
}
