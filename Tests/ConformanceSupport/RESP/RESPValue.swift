/// A reply of any RESP2 or RESP3 type.
public indirect enum RESPValue: Sendable, Equatable {
  case simpleString([UInt8])
  case error([UInt8])
  case integer(Int64)
  case bulk([UInt8])
  /// RESP2's `$-1`, `*-1` and RESP3's `_`.
  case null
  case array([RESPValue])
  case map([RESPPair])
  case set([RESPValue])
  case push([RESPValue])
  /// RESP3's `,`, in the digits the server wrote.
  case double([UInt8])
  case boolean(Bool)
  case bigNumber([UInt8])
  case bulkError([UInt8])
  /// RESP3's `=`: the three letters of the format, and the text.
  case verbatim(format: [UInt8], text: [UInt8])
  /// RESP3's `|`: attributes and the reply they belong to.
  case attributed([RESPPair], RESPValue)

  /// The name of the type, for messages and for comparing types alone.
  public var typeName: String {
    switch self {
    case .simpleString: "simple string"
    case .error, .bulkError: "error"
    case .integer: "integer"
    case .bulk: "bulk string"
    case .null: "null"
    case .array: "array"
    case .map: "map"
    case .set: "set"
    case .push: "push"
    case .double: "double"
    case .boolean: "boolean"
    case .bigNumber: "big number"
    case .verbatim: "verbatim string"
    case .attributed: "attributed reply"
    }
  }

  /// The text of a string, status, error, double or verbatim reply.
  public var text: String? {
    switch self {
    case .simpleString(let bytes), .error(let bytes), .bulk(let bytes), .double(let bytes), .bigNumber(let bytes),
      .bulkError(let bytes), .verbatim(_, let bytes):
      String(decoding: bytes, as: UTF8.self)
    default: nil
    }
  }

  /// The elements of an array, set or push; a map's keys and values in turn.
  public var elements: [RESPValue]? {
    switch self {
    case .array(let elements), .set(let elements), .push(let elements): elements
    case .map(let pairs): pairs.flatMap { [$0.key, $0.value] }
    default: nil
    }
  }

  /// The value of an integer or double, or of a string that holds one.
  public var number: Double? {
    if case .integer(let value) = self { return Double(value) }
    return text.flatMap { Double($0) }
  }

  /// Whether the reply is an error.
  public var isError: Bool { typeName == "error" }
}

/// An entry of a RESP3 map.
public struct RESPPair: Sendable, Equatable {
  public var key: RESPValue
  public var value: RESPValue

  public init(key: RESPValue, value: RESPValue) {
    self.key = key
    self.value = value
  }
}

/// A parsed reply together with the bytes it came as.
public struct RESPReply: Sendable, Equatable, CustomStringConvertible {
  public var value: RESPValue
  public var raw: [UInt8]

  public init(value: RESPValue, raw: [UInt8]) {
    self.value = value
    self.raw = raw
  }

  /// The raw bytes in printable form.
  public var description: String { printable(raw) }
}
