/// An element of a packed list where it lies: an integer, or a view of its bytes.
///
/// An element written as canonical decimal text always comes back as `.integer`.
@frozen
public enum PackedElement: ~Escapable {
  case integer(Int64)
  case bytes(Bytes)

  /// How many bytes the element's text has. O(1).
  @inlinable
  public var count: Int {
    switch self {
    case .integer(let value): decimalDigits(value)
    case .bytes(let bytes): bytes.count
    }
  }

  /// The integer that the element's text spells, by the rules of `Bytes.integer`. O(1).
  @inlinable
  public var integer: Int64? {
    switch self {
    case .integer(let value): value
    case .bytes(let bytes): bytes.integer
    }
  }

  /// The number the element's text spells, by the rules of `Bytes.double`.
  public var double: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .bytes(let bytes): bytes.double
    }
  }

  /// The element's text: its own bytes, or an integer's digits formatted into `scratch`.
  @inlinable
  @_lifetime(copy self, &scratch)
  public func text(_ scratch: inout DecimalText) -> Bytes {
    switch self {
    case .integer(let value):
      scratch = DecimalText(value)
      return scratch.bytes
    case .bytes(let bytes):
      return bytes
    }
  }

  /// Whether the element's text is `text`. O(count).
  @inlinable
  public static func == (element: borrowing PackedElement, text: borrowing Bytes) -> Bool {
    switch element {
    case .integer(let value): text.integer == value
    case .bytes(let bytes): bytes == text
    }
  }

  /// An array of the element's text. Not for the hot path.
  public var array: [UInt8] {
    switch self {
    case .integer(let value):
      let text = DecimalText(value)
      return text.bytes.array
    case .bytes(let bytes):
      return bytes.array
    }
  }
}

extension ByteBuffer {
  /// Appends the text of `element`. Amortised O(its length).
  @inlinable
  public mutating func append(_ element: borrowing PackedElement) {
    switch element {
    case .integer(let value): append(decimal: value)
    case .bytes(let bytes): append(bytes)
    }
  }
}
