// Entries are found in the tree of nodes, and then in their node from either end.
extension Stream {
  /// Visits the entries from `first` to `last` in their order, until `visit` returns false. O(log n + node + visited).
  public func forEach(
    from first: StreamID, to last: StreamID, _ visit: (_ entry: borrowing StreamEntry) -> Bool
  ) {
    if count == 0 || first > last || first > lastID { return }
    var position = state.value.nodes.position(upTo: first) ?? state.value.nodes.first
    var item = position.flatMap { StreamNode(bits: $0.value).item(from: first) }
    while let current = position {
      while let found = item {
        if found.id > last { return }
        if !found.isDeleted, !visit(StreamEntry(found)) { return }
        item = found.node.item(after: found)
      }
      position = current.next
      item = position.map { StreamNode(bits: $0.value).first }
    }
  }

  /// Visits the entries from `last` back to `first`, until `visit` returns false. O(log n + node + visited).
  public func forEachReversed(
    from first: StreamID, to last: StreamID, _ visit: (_ entry: borrowing StreamEntry) -> Bool
  ) {
    if count == 0 || first > last { return }
    var position = state.value.nodes.position(upTo: last)
    var item = position.flatMap { StreamNode(bits: $0.value).item(upTo: last) }
    while let current = position {
      while let found = item {
        if found.id < first { return }
        if !found.isDeleted, !visit(StreamEntry(found)) { return }
        item = found.node.item(before: found.offset)
      }
      position = current.previous
      item = position.map { StreamNode(bits: $0.value).last }
    }
  }

  /// Passes on the entry of `id`; false when there is none. O(log n + node).
  @discardableResult
  public func withEntry(_ id: StreamID, _ body: (_ entry: borrowing StreamEntry) -> Void) -> Bool {
    guard let item = item(id) else { return false }
    body(StreamEntry(item))
    return true
  }

  /// Whether there is an entry of `id`. O(log n + node).
  public func contains(_ id: StreamID) -> Bool { item(id) != nil }

  /// The item of `id` unless it is deleted.
  func item(_ id: StreamID) -> StreamItem? {
    guard let position = state.value.nodes.position(upTo: id),
      let item = StreamNode(bits: position.value).item(from: id), item.id == id, !item.isDeleted
    else { return nil }
    return item
  }

  /// The identifier of the first entry at or behind `id`; nil when there is none. O(log n + node).
  public func firstID(from id: StreamID) -> StreamID? {
    var found: StreamID?
    forEach(from: id, to: .max) { entry in
      found = entry.id
      return false
    }
    return found
  }

  /// The identifier of the first entry that is stored, deleted ones included; nil when there is none. O(1).
  public var firstStoredID: StreamID? { state.value.nodes.first?.identifier }

  /// The identifier of the last entry; nil when there is none. O(deleted ones behind it).
  public var lastEntryID: StreamID? {
    var found: StreamID?
    forEachReversed(from: .zero, to: .max) { entry in
      found = entry.id
      return false
    }
    return found
  }
}
