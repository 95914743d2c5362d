// Unsafe: see StreamNode.swift.

/// An item of a node: where it begins, and what stands at its front.
@safe
struct StreamItem {
  let node: StreamNode
  let offset: Int
  let id: StreamID
  let flags: UInt8
  /// The offset behind the item.
  let next: Int
  /// The number of fields, and where they begin.
  let fieldCount: Int
  let fields: Int

  var isDeleted: Bool { flags & StreamNode.isDeletedFlag != 0 }
  var hasSameFields: Bool { flags & StreamNode.hasSameFieldsFlag != 0 }

  /// Reads the item at an offset.
  @inline(__always)
  init(_ node: StreamNode, at offset: Int) {
    var place = unsafe UnsafeRawPointer(node.start + offset)
    let size = unsafe Int(PackedNumber.load(&place))
    let body = unsafe place - UnsafeRawPointer(node.start)
    next = body + size + backlenCount(size)
    unsafe flags = place.load(as: UInt8.self)
    unsafe place += 1
    let time = unsafe PackedNumber.load(&place)
    let sequence = unsafe PackedNumber.unfolded(PackedNumber.load(&place))
    let first = node.firstID
    id = StreamID(first.time &+ time, first.sequence &+ UInt64(bitPattern: sequence))
    if flags & StreamNode.hasSameFieldsFlag != 0 {
      fieldCount = node.fieldCount
    } else {
      fieldCount = unsafe Int(PackedNumber.load(&place))
    }
    fields = unsafe place - UnsafeRawPointer(node.start)
    self.node = node
    self.offset = offset
  }

  /// Marks the item as deleted, or as live again.
  func setDeleted(_ isDeleted: Bool) {
    var place = unsafe UnsafeRawPointer(node.start + offset)
    _ = unsafe PackedNumber.load(&place)
    let byte = isDeleted ? flags | StreamNode.isDeletedFlag : flags & ~StreamNode.isDeletedFlag
    unsafe UnsafeMutableRawPointer(mutating: place).storeBytes(of: byte, as: UInt8.self)
  }
}

extension StreamNode {
  /// The first item; there is always one.
  var first: StreamItem { StreamItem(self, at: firstItem) }

  /// The last item.
  var last: StreamItem { item(before: end).unsafelyUnwrappedItem }

  /// The item behind one.
  @inline(__always)
  func item(after item: StreamItem) -> StreamItem? { item.next < end ? StreamItem(self, at: item.next) : nil }

  /// The item that ends at an offset.
  @inline(__always)
  func item(before offset: Int) -> StreamItem? {
    if offset <= firstItem { return nil }
    let size = unsafe bodyCount(before: start + offset, available: offset - firstItem)
    let body = offset - backlenCount(size) - size
    return StreamItem(self, at: body - PackedNumber.size(UInt64(size)))
  }

  /// The first item, deleted ones included, that does not stand before `id`.
  func item(from id: StreamID) -> StreamItem? {
    var offset = firstItem
    let end = self.end
    while offset < end {
      let item = StreamItem(self, at: offset)
      if item.id >= id { return item }
      offset = item.next
    }
    return nil
  }

  /// The last item, deleted ones included, that does not stand behind `id`.
  func item(upTo id: StreamID) -> StreamItem? {
    var offset = end
    while let item = item(before: offset) {
      if item.id <= id { return item }
      offset = item.offset
    }
    return nil
  }

  /// The element at an offset, which moves behind it.
  @inline(__always) @_lifetime(immortal)
  func element(at offset: inout Int) -> PackedElement {
    let address = unsafe UnsafeRawPointer(start + offset)
    let (head, payload) = unsafe packedHeadAndPayload(address, available: end - offset)
    offset += head + payload
    let tag = unsafe address.load(as: UInt8.self)
    if tag & 0xc0 == 0x80 || tag & 0xf0 == 0xe0 || tag == 0xf0 {
      return .bytes(unsafe Bytes(unsafeStart: address + head, count: payload))
    }
    return .integer(unsafe packedInteger(address, tag: tag, restCount: head - 1))
  }

  /// Whether the element at an offset, which moves behind it, is this one.
  @inline(__always)
  func holds(_ element: borrowing Bytes, _ head: PackedHead, at offset: inout Int) -> Bool {
    let address = unsafe UnsafeRawPointer(start + offset)
    let (headCount, payload) = unsafe packedHeadAndPayload(address, available: end - offset)
    offset += headCount + payload
    guard payload == head.payloadCount, headCount == 1 + head.restCount, unsafe head.matches(address) else {
      return false
    }
    if payload == 0 { return true }
    let held = unsafe Bytes(unsafeStart: address + headCount, count: payload)
    return held == element
  }
}

extension StreamItem? {
  /// The item, which is known to be there.
  fileprivate var unsafelyUnwrappedItem: StreamItem {
    guard let self else { preconditionFailure("a node without items") }
    return self
  }
}
