extension Stream {
  /// Which entries a trim removes, from the first on.
  public enum Trim: Sendable {
    /// Those that make the stream longer than this.
    case length(Int)
    /// Those before this identifier.
    case before(StreamID)
  }

  /// Removes the entry of `id`; false when there is none. O(log n + node).
  @discardableResult
  public mutating func remove(_ id: StreamID) -> Bool {
    guard let item = item(id) else { return false }
    let node = item.node
    if node.live == 1 {
      remove(node)
    } else {
      willChange(node)
      item.setDeleted(true)
      node.live -= 1
      node.deleted += 1
    }
    state.value.count -= 1
    if id > state.value.maxDeletedID { state.value.maxDeletedID = id }
    if id == state.value.firstID { refreshFirstID() }
    return true
  }

  /// Removes entries from the front; returns how many. With `wholeNodes` only such whose nodes go as a whole, and no
  /// more than `limit` unless that is 0. O(1) for each node.
  public mutating func trim(_ trim: Trim, wholeNodes: Bool, limit: Int) -> Int {
    var removed = 0
    while let position = state.value.nodes.first {
      let node = StreamNode(bits: position.value)
      let entries = node.live
      if case .length(let length) = trim, count <= length { break }
      if limit > 0 && removed + entries > limit { break }
      let goes: Bool
      switch trim {
      case .length(let length): goes = count - entries >= length
      case .before(let id): goes = node.last.id < id
      }
      if goes {
        remove(node)
        state.value.count -= entries
        removed += entries
        continue
      }
      if !wholeNodes { removed += trimItems(of: node, trim) }
      break
    }
    if removed > 0 { refreshFirstID() }
    return removed
  }

  /// Removes items from the front of a node, of which some stay.
  private func trimItems(of node: StreamNode, _ trim: Trim) -> Int {
    var removed = 0
    var next: StreamItem? = node.first
    while let item = next {
      switch trim {
      case .length(let length): if count <= length { return removed }
      case .before(let id): if item.id >= id { return removed }
      }
      if !item.isDeleted {
        willChange(node)
        item.setDeleted(true)
        node.live -= 1
        node.deleted += 1
        state.value.count -= 1
        removed += 1
      }
      next = node.item(after: item)
    }
    return removed
  }

  /// Takes a node out and frees it, unless a walk is still to come to it.
  private func remove(_ node: StreamNode) {
    state.value.nodes.remove(node.firstID)
    state.value.nodeBytes -= node.capacity
    if let walk = state.value.walk, node.walk != state.value.walkNumber { return walk.value.put(aside: node) }
    node.free(.shared)
  }

  private func refreshFirstID() { state.value.firstID = count == 0 ? .zero : firstID(from: .zero) ?? .zero }
}
