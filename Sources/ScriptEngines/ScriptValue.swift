import Containers

/// A value of a script, read where it lies.
public struct ScriptValue: ~Escapable {
  /// What a value is.
  public enum Kind: Sendable {
    case none, `nil`, boolean, number, string, table
    /// A function, passed to one that takes functions.
    case function
    /// The null pointer, which stands for JSON's null.
    case null
    /// A table that lies deeper than the function cares for.
    case deepTable
    /// A function, a thread, anything else.
    case other
  }

  /// What it is.
  public let kind: Kind
  private let bytes: Bytes

  @_lifetime(copy bytes)
  fileprivate init(_ kind: Kind, _ bytes: Bytes) {
    self.kind = kind
    self.bytes = bytes
  }

  /// The number, of a number.
  public var number: Double { Double(bitPattern: bytes.word(at: 1)) }

  /// Whether a boolean is true.
  public var isTrue: Bool { bytes[0] == UInt8(ascii: "T") }

  /// Whether it is any text: a string, or a number as the language would turn it into one.
  public var isText: Bool { kind == .string || kind == .number }

  /// The function, which whoever took it releases; nil for anything else.
  public var function: CompiledScript? {
    kind == .function ? CompiledScript(reference: Int32(truncatingIfNeeded: bytes.word(at: 1))) : nil
  }

  /// The bytes of a string; empty for anything else.
  public var string: Bytes {
    @_lifetime(copy self) get { bytes[(kind == .string ? 9 : bytes.count)..<bytes.count] }
  }

  /// A table's keys and values by turns; empty for anything else.
  public var pairs: ScriptReader {
    @_lifetime(copy self) get { ScriptReader(bytes[(kind == .table ? 9 : bytes.count)..<bytes.count]) }
  }

  /// The text of a string or a number, the latter with fourteen digits; nil for anything else.
  public var text: [UInt8]? {
    switch kind {
    case .string: return string.array
    case .number: return NumberText.general(number, digits: 14)
    default: return nil
    }
  }

  /// The name of its type in the language.
  public var typeName: StaticString {
    switch kind {
    case .none: return "no value"
    case .nil: return "nil"
    case .boolean: return "boolean"
    case .number: return "number"
    case .string: return "string"
    case .table, .deepTable: return "table"
    case .null: return "userdata"
    case .function: return "function"
    case .other:
      switch bytes[1] {
      case 6: return "function"
      case 8: return "thread"
      default: return "userdata"
      }
    }
  }
}

/// A run of values, read one after another.
public struct ScriptReader: ~Escapable {
  private let bytes: Bytes
  private var position = 0

  /// The values in `bytes`, as an engine has written them.
  @_lifetime(copy bytes)
  init(_ bytes: Bytes) { self.bytes = bytes }

  /// Whether there are no more.
  public var isAtEnd: Bool { position >= bytes.count }

  /// The next value, which is of the kind `none` behind the last one.
  @_lifetime(copy self)
  public mutating func next() -> ScriptValue {
    if isAtEnd { return ScriptValue(.none, bytes[0..<0]) }
    let start = position
    let kind: ScriptValue.Kind
    var length = 1
    switch bytes[start] {
    case UInt8(ascii: "T"), UInt8(ascii: "F"): kind = .boolean
    case UInt8(ascii: "D"): (kind, length) = (.number, 9)
    case UInt8(ascii: "S"): (kind, length) = (.string, 9 + Int(bytes.word(at: start + 1)))
    case UInt8(ascii: "{"): (kind, length) = (.table, 9 + Int(bytes.word(at: start + 1)))
    case UInt8(ascii: "R"): (kind, length) = (.function, 9)
    case UInt8(ascii: "U"): kind = .null
    case UInt8(ascii: "X"): kind = .deepTable
    case UInt8(ascii: "O"): (kind, length) = (.other, 2)
    default: kind = .nil
    }
    position += length
    return ScriptValue(kind, bytes[start..<position])
  }

  /// Where the next value lies; see `value(at:)`.
  public var offset: Int { position }

  /// The value that lies at an `offset` which the reader had.
  @_lifetime(copy self)
  public func value(at offset: Int) -> ScriptValue {
    var reader = ScriptReader(bytes)
    reader.position = offset
    return reader.next()
  }

  /// Values that are left. O(n).
  public var count: Int {
    var rest = ScriptReader(bytes[min(position, bytes.count)..<bytes.count])
    var count = 0
    while !rest.isAtEnd {
      _ = rest.next()
      count += 1
    }
    return count
  }
}
