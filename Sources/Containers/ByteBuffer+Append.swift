// Unsafe: bytes are stored behind `count`, after room for them was made.
import Glibc

extension ByteBuffer {
  /// Appends `byte`. Amortised O(1).
  @inlinable
  public mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe start.unsafelyUnwrapped.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
    filled &+= 1
  }

  /// Appends `bytes`. Amortised O(bytes.count).
  @inlinable
  public mutating func append(_ bytes: borrowing Bytes) {
    guard bytes.count > 0 else { return }
    reserve(bytes.count)
    unsafe memcpy(start.unsafelyUnwrapped + count, bytes.start, bytes.count)
    filled &+= bytes.count
  }

  /// Appends a literal. Amortised O(its length).
  @inlinable
  public mutating func append(_ literal: StaticString) { append(Bytes(literal)) }

  /// Appends a text as UTF-8.
  @_disfavoredOverload
  public mutating func append(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      if let start = utf8.baseAddress { append(unsafe Bytes(unsafeStart: start, count: utf8.count)) }
    }
  }

  /// Appends `count` times `byte`. Amortised O(count).
  public mutating func append(repeating byte: UInt8, count additional: Int) {
    precondition(additional >= 0, "negative count")
    guard additional > 0 else { return }
    reserve(additional)
    unsafe memset(start.unsafelyUnwrapped + count, Int32(byte), additional)
    filled += additional
  }

  /// Appends the decimal text of `value`: 1 to 20 bytes.
  @inlinable
  public mutating func append(decimal value: Int64) {
    reserve(20)
    let target = unsafe (start.unsafelyUnwrapped + count).assumingMemoryBound(to: UInt8.self)
    filled &+= unsafe formatInteger(value, into: target)
  }

  /// Appends the decimal text of `value`: 1 to 20 bytes.
  @inlinable
  public mutating func append(decimal value: UInt64) {
    reserve(20)
    let target = unsafe (start.unsafelyUnwrapped + count).assumingMemoryBound(to: UInt8.self)
    filled &+= unsafe formatInteger(value, into: target)
  }

  /// Appends the bytes of `value`, lowest first.
  @inlinable
  public mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(littleEndian value: Value) {
    reserve(MemoryLayout<Value>.size)
    unsafe start.unsafelyUnwrapped.storeBytes(of: value.littleEndian, toByteOffset: count, as: Value.self)
    filled &+= MemoryLayout<Value>.size
  }

  /// Appends `value` as `%.17g` (see `DecimalText.init(general:)`).
  public mutating func append(general value: Double) {
    let text = DecimalText(general: value)
    append(text.bytes)
  }

  /// Appends two lowercase hexadecimal digits for each byte of `bytes`, a digest for example.
  public mutating func append(hexadecimal bytes: Span<UInt8>) {
    reserve(2 * bytes.count)
    for index in bytes.indices {
      append(hexadecimalDigit(bytes[index] >> 4))
      append(hexadecimalDigit(bytes[index] & 15))
    }
  }
}

/// The lowercase ASCII digit of `value`, 0 to 15.
private func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
}
