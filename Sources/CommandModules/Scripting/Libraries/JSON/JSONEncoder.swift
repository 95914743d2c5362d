import Containers
import ScriptEngines

/// Writes values of scripts as JSON.
struct JSONEncoder: ~Copyable {
  private(set) var output = ByteBuffer()
  private let options: JSONOptions
  /// No array is longer: a sparse one could take all the memory there is.
  private static let longestArray = 1 << 26

  init(_ options: JSONOptions) { self.options = options }

  mutating func encode(_ value: borrowing ScriptValue, depth: Int) throws(LibraryError) {
    switch value.kind {
    case .nil, .null: output.append("null")
    case .boolean: output.append(value.isTrue ? "true" : "false")
    case .number: try encode(value.number)
    case .string: encode(value.string)
    case .table, .deepTable:
      let inner = depth + 1
      if inner > options.encodeDepth || value.kind == .deepTable {
        throw .text("Cannot serialise, excessive nesting (\(inner))")
      }
      try encodeTable(value, depth: inner)
    case .none, .function, .other: throw .text("Cannot serialise \(value.typeName): type not supported")
    }
  }

  private mutating func encode(_ number: Double) throws(LibraryError) {
    if !number.isFinite {
      switch options.encodesInvalid {
      case .refused: throw .text("Cannot serialise number: must not be NaN or Inf")
      case .null: output.append("null")
      case .written: output.append(number.isNaN ? "nan" : number < 0 ? "-inf" : "inf")
      }
      return
    }
    append(number)
  }

  private mutating func append(_ number: Double) {
    // Minus zero keeps its sign.
    let isPlain = abs(number) < 1e14 && Double(Int64(number)) == number && (number != 0 || number.sign == .plus)
    if options.precision == 14 {
      if isPlain { return output.append(decimal: Int64(number)) }
      if JSONNumber.append(number, to: &output) { return }
    }
    output.append(NumberText.general(number, digits: options.precision).bytes)
  }

  private mutating func encode(_ string: borrowing Bytes) {
    output.append(UInt8(ascii: "\""))
    var start = 0
    for index in 0..<string.count {
      let byte = string[index]
      if byte >= 32 && byte != 34 && byte != 47 && byte != 92 && byte != 127 { continue }
      output.append(string[start..<index])
      start = index + 1
      escape(byte)
    }
    output.append(string[start..<string.count])
    output.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case 8: output.append("\\b")
    case 9: output.append("\\t")
    case 10: output.append("\\n")
    case 12: output.append("\\f")
    case 13: output.append("\\r")
    case 34, 47, 92:
      output.append(UInt8(ascii: "\\"))
      output.append(byte)
    default:
      output.append("\\u00")
      output.append(hexadecimalText(byte >> 4))
      output.append(hexadecimalText(byte & 15))
    }
  }

  private mutating func encodeTable(_ table: borrowing ScriptValue, depth: Int) throws(LibraryError) {
    let (length, isInOrder) = try arrayLength(table)
    if length <= 0 { return try encodeObject(table, depth: depth) }
    output.append(UInt8(ascii: "["))
    if isInOrder {
      var pairs = table.pairs
      for index in 0..<length {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        _ = pairs.next()
        try encode(pairs.next(), depth: depth)
      }
    } else {
      try encodeSparse(table, length, depth: depth)
    }
    output.append(UInt8(ascii: "]"))
  }

  private mutating func encodeSparse(
    _ table: borrowing ScriptValue, _ length: Int, depth: Int
  ) throws(LibraryError) {
    var offsets: [Int: Int] = [:]
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let index = Int(pairs.next().number)
      offsets[index] = pairs.offset
      _ = pairs.next()
    }
    for index in 1...length {
      if index > 1 { output.append(UInt8(ascii: ",")) }
      if let offset = offsets[index] {
        try encode(pairs.value(at: offset), depth: depth)
      } else {
        output.append("null")
      }
    }
  }

  /// How long an array is that a table stands for; 0 or less when it stands for an object.
  private func arrayLength(_ table: borrowing ScriptValue) throws(LibraryError) -> (length: Int, isInOrder: Bool) {
    var most = 0.0
    var count = 0
    var isInOrder = true
    var pairs = table.pairs
    while !pairs.isAtEnd {
      let key = pairs.next()
      guard key.kind == .number, key.number >= 1, key.number.rounded(.down) == key.number, key.number.isFinite else {
        return (-1, false)
      }
      count += 1
      most = max(most, key.number)
      isInOrder = isInOrder && key.number == Double(count)
      _ = pairs.next()
    }
    let isSparse =
      options.sparseRatio > 0 && most > Double(count) * Double(options.sparseRatio)
      && most > Double(options.sparseSafe)
    if isSparse || most > Double(Self.longestArray) {
      if options.convertsSparse { return (-1, false) }
      throw .text("Cannot serialise table: excessively sparse array")
    }
    return (Int(most), isInOrder)
  }

  private mutating func encodeObject(_ table: borrowing ScriptValue, depth: Int) throws(LibraryError) {
    output.append(UInt8(ascii: "{"))
    var isFirst = true
    var pairs = table.pairs
    while !pairs.isAtEnd {
      if !isFirst { output.append(UInt8(ascii: ",")) }
      isFirst = false
      let key = pairs.next()
      if key.kind == .number {
        output.append(UInt8(ascii: "\""))
        try encode(key.number)
        output.append("\":")
      } else if key.kind == .string {
        encode(key.string)
        output.append(UInt8(ascii: ":"))
      } else {
        throw .text("Cannot serialise \(key.typeName): table key must be a number or string")
      }
      try encode(pairs.next(), depth: depth)
    }
    output.append(UInt8(ascii: "}"))
  }
}
