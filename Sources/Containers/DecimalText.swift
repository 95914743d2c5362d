// Unsafe: the text is formatted into the struct's own inline storage, which holds 31 bytes; no
// formatter that writes here produces more than 25. The view handed out borrows the struct.

/// The text of a number, held inline: what a module needs to reply or store one without allocation.
///
///     let text = DecimalText(42)
///     reply.bulk(text.bytes)
///
/// 32 bytes: up to 31 bytes of text, then its length.
@frozen
public struct DecimalText: Sendable {
  @usableFromInline var storage: InlineArray<32, UInt8>

  /// The empty text.
  @inlinable
  public init() { storage = InlineArray(repeating: 0) }

  /// The decimal text of `value`: 1 to 20 bytes.
  @inlinable
  public init(_ value: Int64) {
    self.init()
    unsafe format { unsafe formatInteger(value, into: $0) }
  }

  /// The decimal text of `value`: 1 to 20 bytes.
  @inlinable
  public init(_ value: UInt64) {
    self.init()
    unsafe format { unsafe formatInteger(value, into: $0) }
  }

  /// The decimal text of `value`: 1 to 20 bytes.
  @inlinable
  public init(_ value: Int) { self.init(Int64(value)) }

  /// How many bytes the text has.
  @inlinable public var count: Int { Int(storage[31]) }

  /// The text, as long as this value is alive.
  @inlinable
  public var bytes: Bytes {
    @_lifetime(borrow self) get {
      let start = unsafe storage.span.withUnsafeBytes { unsafe $0.baseAddress.unsafelyUnwrapped }
      return unsafe _overrideLifetime(Bytes(unsafeStart: start, count: count), borrowing: self)
    }
  }

  /// Lets `body` write at most 31 bytes and return how many.
  @unsafe @inlinable
  mutating func format(_ body: (UnsafeMutablePointer<UInt8>) -> Int) {
    var storageSpan = storage.mutableSpan
    let length = unsafe storageSpan.withUnsafeMutableBufferPointer {
      unsafe body($0.baseAddress.unsafelyUnwrapped)
    }
    storage[31] = UInt8(length)
  }
}
