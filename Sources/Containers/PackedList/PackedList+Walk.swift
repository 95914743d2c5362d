// Unsafe: entries are read through `locate`, which checks them against the bounds of the list.

/// Where an entry lies: offsets from the first entry, and sizes in bytes.
struct PackedSpot {
  let offset: Int
  let head: Int
  let payload: Int
  /// The offset of the entry behind it.
  let next: Int

  var body: Int { head + payload }
}

extension PackedList {
  /// The position of the first element; `endIndex` in an empty list.
  @inlinable public var startIndex: Index { Index(offset: 0) }

  /// The position behind the last element.
  @inlinable public var endIndex: Index { Index(offset: byteCount) }

  /// The position behind the element at `index`. O(1).
  public func index(after index: Index) -> Index { Index(offset: locate(Int(index.offset)).next) }

  /// The position before `index`, which may be the end. O(1); traps at the start.
  public func index(before index: Index) -> Index {
    let end = Int(index.offset)
    precondition(end > 0 && end <= byteCount, "packed list index out of range")
    let body = unsafe bodyCount(before: entries + end, available: end)
    let offset = end - backlenCount(body) - body
    precondition(body > 0 && offset >= 0, "packed list index is not at an element")
    return Index(offset: offset)
  }

  /// The element at `index`. O(1).
  @_lifetime(borrow self)
  public func element(at index: Index) -> PackedElement {
    let spot = locate(Int(index.offset))
    let address = unsafe UnsafeRawPointer(entries + spot.offset)
    let tag = unsafe address.load(as: UInt8.self)
    if tag & 0xc0 == 0x80 || tag & 0xf0 == 0xe0 || tag == 0xf0 {
      let bytes = unsafe Bytes(unsafeStart: address + spot.head, count: spot.payload)
      return unsafe _overrideLifetime(PackedElement.bytes(bytes), borrowing: self)
    }
    return .integer(unsafe packedInteger(address, tag: tag, restCount: spot.head - 1))
  }

  /// The position of the element number `position`: 0 is the first, -1 the last. Nil when there
  /// are fewer. O(distance from the nearer end).
  public func index(ofElement position: Int) -> Index? {
    let count = count
    let number = position < 0 ? position + count : position
    guard number >= 0 && number < count else { return nil }
    if number <= count / 2 {
      var offset = 0
      for _ in 0..<number { offset = locate(offset).next }
      return Index(offset: offset)
    }
    var index = endIndex
    for _ in number..<count { index = self.index(before: index) }
    return index
  }

  /// The entry at `offset`, which is checked to lie inside the list.
  @inline(__always)
  func locate(_ offset: Int) -> PackedSpot {
    let byteCount = byteCount
    precondition(offset >= 0 && offset < byteCount, "packed list index out of range")
    let tag = unsafe (entries + offset).load(as: UInt8.self)
    let spot: PackedSpot
    if tag & 0xc0 == 0x80 {
      // Most entries are short texts. A walk waits for where the next one is, and this is the shortest way to know.
      let payload = Int(tag & 0x3f)
      spot = PackedSpot(offset: offset, head: 1, payload: payload, next: offset + payload + 2)
    } else {
      let (head, payload) = unsafe packedHeadAndPayload(entries + offset, available: byteCount - offset)
      let body = head + payload
      spot = PackedSpot(offset: offset, head: head, payload: payload, next: offset + body + backlenCount(body))
    }
    precondition(spot.next <= byteCount, "packed list index is not at an element")
    return spot
  }
}
