import Glibc

/// A borrowed, read-only run of bytes: a command's argument, a key, a stored element.
///
/// It is non-escaping, so the compiler refuses to keep it past the buffer it looks into.
/// Two words, passed in registers; nothing is copied or counted.
@safe
@frozen
public struct Bytes: ~Escapable {
  @usableFromInline let start: UnsafeRawPointer
  public let count: Int

  /// A view of `count` bytes at `start`. The caller vouches for their lifetime.
  @unsafe @inlinable @_lifetime(immortal)
  public init(unsafeStart start: UnsafeRawPointer, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  /// The bytes of a literal, which live for ever.
  @inlinable @_lifetime(immortal)
  public init(_ literal: StaticString) {
    unsafe start = UnsafeRawPointer(literal.utf8Start)
    count = literal.utf8CodeUnitCount
  }

  /// The address of the first byte, for containers that copy or compare in bulk.
  @unsafe @inlinable
  public var baseAddress: UnsafeRawPointer { unsafe start }

  @inlinable public var isEmpty: Bool { count == 0 }

  /// The byte at `index`; a trap when out of range.
  @inlinable
  public subscript(index: Int) -> UInt8 {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "byte index out of range")
    return unsafe start.load(fromByteOffset: index, as: UInt8.self)
  }

  /// The bytes in `range`; a trap when out of range.
  @inlinable
  public subscript(range: Range<Int>) -> Bytes {
    @_lifetime(copy self) get {
      precondition(range.lowerBound >= 0 && range.upperBound <= count, "byte range out of range")
      return unsafe _overrideLifetime(
        Bytes(unsafeStart: start + range.lowerBound, count: range.count), copying: self)
    }
  }

  @inlinable
  public static func == (left: borrowing Bytes, right: borrowing Bytes) -> Bool {
    if left.count != right.count { return false }
    return left.count <= 32 ? left.equalsShort(right) : (unsafe memcmp(left.start, right.start, left.count)) == 0
  }

  @inlinable
  public static func != (left: borrowing Bytes, right: borrowing Bytes) -> Bool { !(left == right) }

  /// Three-way comparison as memcmp, a shorter run before a longer one with the same beginning.
  @inlinable
  public func compare(_ other: borrowing Bytes) -> Int {
    let order = unsafe memcmp(start, other.start, min(count, other.count))
    return order != 0 ? Int(order) : count - other.count
  }

  /// Whether the bytes are `word` (ASCII), upper and lower case alike: how Redis compares options.
  @inlinable
  public func equalsIgnoringCase(_ word: StaticString) -> Bool {
    guard count == word.utf8CodeUnitCount else { return false }
    let other = unsafe UnsafeRawPointer(word.utf8Start)
    for index in 0..<count {
      let left = unsafe start.load(fromByteOffset: index, as: UInt8.self)
      let right = unsafe other.load(fromByteOffset: index, as: UInt8.self)
      if asciiLowercase(left) != asciiLowercase(right) { return false }
    }
    return true
  }

  /// A copy as a Swift string, bytes that are not UTF-8 repaired. Not for the hot path.
  public var string: String {
    unsafe String(decoding: UnsafeRawBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// A copy as an array. Not for the hot path.
  public var array: [UInt8] {
    unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}

extension [UInt8] {
  /// The array's bytes as a view.
  @inlinable
  public var bytes: Bytes {
    @_lifetime(borrow self) get {
      let start = unsafe span.withUnsafeBytes { unsafe $0.baseAddress ?? Self.nowhere }
      return unsafe _overrideLifetime(Bytes(unsafeStart: start, count: count), borrowing: self)
    }
  }

  /// An address for an empty run, which is never read.
  @usableFromInline static var nowhere: UnsafeRawPointer {
    unsafe UnsafeRawPointer(bitPattern: 16).unsafelyUnwrapped
  }
}

@inlinable
public func asciiLowercase(_ byte: UInt8) -> UInt8 {
  byte &- 65 < 26 ? byte | 32 : byte
}
