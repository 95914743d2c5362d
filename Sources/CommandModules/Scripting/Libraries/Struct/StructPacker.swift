import Containers
import ScriptEngines

/// Writes a binary structure.
struct StructPacker: ~Copyable {
  private(set) var output = ByteBuffer()
  private var format: StructFormat

  /// The options that stand for integers.
  static let integers = Array("bBhHlLTiI".utf8)

  init(_ format: StructFormat) { self.format = format }

  mutating func pack(_ arguments: inout ScriptReader) throws(LibraryError) {
    var argument = 2
    while !format.isAtEnd {
      let (option, size) = try format.next()
      output.append(repeating: 0, count: format.padding(option, size: size, at: output.count))
      switch option {
      case UInt8(ascii: "x"): output.append(0)
      case UInt8(ascii: "s"), UInt8(ascii: "c"):
        try pack(arguments.next(), argument, size, endsWithZero: option == UInt8(ascii: "s"))
        argument += 1
      case UInt8(ascii: "f"):
        let value = Float(try number(arguments.next(), argument))
        append(UInt64(value.bitPattern), size)
        argument += 1
      case UInt8(ascii: "d"):
        append(try number(arguments.next(), argument).bitPattern, size)
        argument += 1
      case _ where Self.integers.contains(option):
        append(Self.bits(try number(arguments.next(), argument)), size)
        argument += 1
      default: try format.control(option)
      }
    }
  }

  /// A number of an argument; one that is missing counts as nil.
  private func number(_ value: borrowing ScriptValue, _ argument: Int) throws(LibraryError) -> Double {
    if value.kind == .none { throw .argument(argument, "number expected, got nil") }
    return try value.number(argument: argument)
  }

  private mutating func pack(
    _ value: borrowing ScriptValue, _ argument: Int, _ size: Int, endsWithZero: Bool
  ) throws(LibraryError) {
    if value.kind == .none { throw .argument(argument, "string expected, got nil") }
    let text = try value.text(argument: argument)
    let count = size == 0 ? text.count : size
    if text.count < count { throw .argument(argument + 1, "string too short") }
    output.append(text.bytes[0..<count])
    if endsWithZero { output.append(0) }
  }

  /// A number as C turns it into 64 bits here.
  private static func bits(_ number: Double) -> UInt64 {
    if number < 0 { return number > -0x1p63 ? UInt64(bitPattern: Int64(number)) : 1 << 63 }
    return number < 0x1p64 ? UInt64(number) : number.isNaN ? 1 << 63 : 0
  }

  private mutating func append(_ value: UInt64, _ size: Int) {
    for index in 0..<size {
      let shift = 8 * (format.isBigEndian ? size - 1 - index : index)
      output.append(shift < 64 ? UInt8(truncatingIfNeeded: value >> UInt64(shift)) : 0)
    }
  }
}
