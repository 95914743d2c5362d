import Containers

/// A string value as it is stored: bytes, or a 64-bit integer whose text is made when it is asked for.
public struct StringView: ~Escapable {
  /// The value as an integer, when it is stored as one.
  public let storedInteger: Int64?
  /// The text, when it is stored as bytes; nothing otherwise.
  public let storedBytes: Bytes

  @inlinable @_lifetime(copy bytes)
  init(_ bytes: Bytes) {
    storedInteger = nil
    storedBytes = bytes
  }

  @inlinable @_lifetime(immortal)
  init(_ integer: Int64) {
    storedInteger = integer
    storedBytes = Bytes("")
  }

  /// Length of the text, bytes.
  public var count: Int {
    if let storedInteger { return decimalDigits(storedInteger) }
    return storedBytes.count
  }

  /// Calls `body` with the text.
  @inlinable
  public func withText<Result>(_ body: (borrowing Bytes) throws(CommandError) -> Result) throws(CommandError) -> Result
  {
    if let storedInteger {
      let text = DecimalText(storedInteger)
      return try body(text.bytes)
    }
    return try body(storedBytes)
  }

  /// The text as a canonical integer, nil when it is none.
  public var integer: Int64? { storedInteger ?? storedBytes.integer }

  /// A copy of the text.
  public var array: [UInt8] {
    if let storedInteger { return DecimalText(storedInteger).bytes.array }
    return storedBytes.array
  }
}
