// Unsafe: an identifier's text is formatted into the struct's own storage, which holds the longest one.

/// The identifier of a stream's entry: Unix milliseconds, and a number among the entries of the same millisecond.
@frozen
public struct StreamID: Comparable, Hashable, BitwiseCopyable, Sendable {
  /// Unix time, milliseconds.
  public var time: UInt64
  /// The number among entries of the same time.
  public var sequence: UInt64

  /// An identifier of these parts.
  @inlinable
  public init(_ time: UInt64, _ sequence: UInt64) {
    self.time = time
    self.sequence = sequence
  }

  /// Before every entry: no entry has it.
  public static var zero: StreamID { StreamID(0, 0) }
  /// The last one that there can be.
  public static var max: StreamID { StreamID(.max, .max) }

  @inlinable
  public static func < (left: StreamID, right: StreamID) -> Bool {
    left.time == right.time ? left.sequence < right.sequence : left.time < right.time
  }

  /// The next one; nil behind the last.
  public var successor: StreamID? {
    if sequence < .max { return StreamID(time, sequence + 1) }
    return time < .max ? StreamID(time + 1, 0) : nil
  }

  /// The one before; nil before the first.
  public var predecessor: StreamID? {
    if sequence > 0 { return StreamID(time, sequence - 1) }
    return time > 0 ? StreamID(time - 1, .max) : nil
  }
}

/// The text of an identifier, `1526919030474-55`, held inline.
public struct StreamIDText: Sendable {
  private var storage = InlineArray<48, UInt8>(repeating: 0)
  private var count = 0

  /// The text of `id`: 3 to 41 bytes.
  public init(_ id: StreamID) {
    var span = storage.mutableSpan
    var length = 0
    unsafe span.withUnsafeMutableBufferPointer {
      let start = unsafe $0.baseAddress.unsafelyUnwrapped
      length = unsafe formatInteger(id.time, into: start)
      unsafe start[length] = UInt8(ascii: "-")
      length += unsafe 1 + formatInteger(id.sequence, into: start + length + 1)
    }
    count = length
  }

  /// The text, as long as this value is alive.
  public var bytes: Bytes {
    @_lifetime(borrow self) get {
      let start = unsafe storage.span.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
      return unsafe _overrideLifetime(Bytes(unsafeStart: start, count: count), borrowing: self)
    }
  }
}

extension StreamID {
  /// The identifier that the bytes spell: a time, and behind a dash a sequence, which is `sequence` when it is missing.
  /// Nil when they spell none, or when it is missing and may not be.
  public init?(text: borrowing Bytes, sequence missing: UInt64? = nil) {
    guard let dash = text.firstIndex(of: UInt8(ascii: "-")) else {
      guard let missing, let time = Self.number(text) else { return nil }
      self.init(time, missing)
      return
    }
    guard let time = Self.number(text[0..<dash]), let sequence = Self.number(text[dash + 1..<text.count]) else {
      return nil
    }
    self.init(time, sequence)
  }

  /// As Redis' `string2ull`: C's reading of what is no canonical integer, where a minus wraps around.
  public static func number(_ text: borrowing Bytes) -> UInt64? {
    if let integer = text.integer { return UInt64(exactly: integer) }
    return text.lenientUnsignedInteger
  }
}
