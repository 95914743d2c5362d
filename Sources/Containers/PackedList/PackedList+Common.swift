// Unsafe: entries are read as bytes where they were located, which checks that they are inside the list.

extension PackedList {
  /// Visits the elements that `other` has as well, in their order, until `visit` returns false; true when all were
  /// visited. O(count + other.count) where neither is long nor very short.
  @discardableResult
  public func forEachCommon(
    _ other: borrowing PackedList, while visit: (_ element: borrowing PackedElement) -> Bool
  ) -> Bool {
    if isEmpty || other.isEmpty { return true }
    guard count > 2, let places = PackedPlaces(of: other) else {
      var text = DecimalText()
      var index = startIndex
      let end = endIndex
      while index < end {
        if other.find(element(at: index).text(&text)) != nil && !visit(element(at: index)) { return false }
        index = self.index(after: index)
      }
      return true
    }
    var offset = 0
    let end = byteCount
    while offset < end {
      let spot = locate(offset)
      if places.contains(encoded(spot), in: other) && !visit(element(at: Index(offset: offset))) { return false }
      offset = spot.next
    }
    return true
  }

  /// An element as it is encoded, without its backlen: equal elements are equal bytes.
  @_lifetime(borrow self)
  func encoded(_ spot: PackedSpot) -> Bytes {
    let bytes = unsafe Bytes(unsafeStart: entries + spot.offset, count: spot.body)
    return unsafe _overrideLifetime(bytes, borrowing: self)
  }
}

/// Where the elements of a packed list are, by their hashes: a table on the stack, for many searches in one list.
private struct PackedPlaces {
  /// Offsets of entries, each one higher than it is; 0 where there is none.
  private var slots = InlineArray<512, UInt16>(repeating: 0)
  private let hash = fieldHash

  /// Nil for lists that are so short that a walk takes no longer, or too long.
  init?(of list: borrowing PackedList) {
    if list.count < 8 || list.count > 256 || list.byteCount >= UInt16.max { return nil }
    var offset = 0
    let end = list.byteCount
    while offset < end {
      let spot = list.locate(offset)
      var place = self.place(list.encoded(spot))
      while slots[place] != 0 { place = (place + 1) & 511 }
      slots[place] = UInt16(truncatingIfNeeded: offset + 1)
      offset = spot.next
    }
  }

  /// Whether the list that this was made of has an element, which is given as it is encoded.
  func contains(_ element: borrowing Bytes, in list: borrowing PackedList) -> Bool {
    var place = self.place(element)
    while slots[place] != 0 {
      if list.encoded(list.locate(Int(slots[place]) - 1)) == element { return true }
      place = (place + 1) & 511
    }
    return false
  }

  private func place(_ element: borrowing Bytes) -> Int { Int(truncatingIfNeeded: hash(element) & 511) }
}
