import Containers

extension Reply {
  /// A bulk string with the text of a packed list's element.
  @inlinable
  public func bulk(_ element: borrowing PackedElement) {
    switch element {
    case .integer(let value): bulk(integer: value)
    case .bytes(let bytes): bulk(bytes)
    }
  }
}

extension CommandWriter {
  /// An argument that is the text of a packed list's element.
  public mutating func argument(_ element: borrowing PackedElement) {
    switch element {
    case .integer(let value): argument(value)
    case .bytes(let bytes): argument(bytes)
    }
  }
}

extension ValueDigest {
  /// Adds the text of a packed list's element; its place matters.
  public mutating func mix(_ element: borrowing PackedElement) {
    switch element {
    case .integer(let value):
      let text = DecimalText(value)
      mix(text.bytes)
    case .bytes(let bytes): mix(bytes)
    }
  }
}
