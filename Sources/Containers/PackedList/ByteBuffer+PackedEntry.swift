// Unsafe: heads are stored into room that was reserved.

extension ByteBuffer {
  /// Appends the entry of a packed list that holds `element`, an integer where the bytes spell one: for whoever builds
  /// a list in a file. Amortised O(its length).
  public mutating func append(packedEntry element: borrowing Bytes) {
    let head = PackedHead(element)
    append(head)
    if head.payloadCount > 0 { append(element) }
    appendBacklen(head.bodyCount)
  }

  /// Appends the entry of a packed list that holds an integer.
  public mutating func append(packedEntry integer: Int64) {
    let head = PackedHead(integer)
    append(head)
    appendBacklen(head.bodyCount)
  }

  private mutating func append(_ head: PackedHead) {
    reserve(1 + head.restCount)
    unsafe head.store(at: freeSpace)
    unsafe advance(by: 1 + head.restCount)
  }

  private mutating func appendBacklen(_ count: Int) {
    reserve(5)
    let size = unsafe storeBacklen(count, at: freeSpace)
    unsafe advance(by: size)
  }
}
