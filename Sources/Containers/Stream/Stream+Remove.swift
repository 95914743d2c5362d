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

  /// Removes entries from the front; returns how many. With `wholeNodes` only such whose nodes the trim covers, and no
  /// more than `limit` unless that is 0. O(1) for each node, and where groups have references to its entries
  /// O(groups log n) for each of these.
  public mutating func trim(_ trim: Trim, wholeNodes: Bool, limit: Int, _ policy: ReferencePolicy = .keep) -> Int {
    var removed = 0
    var next = state.value.nodes.first
    while let position = next {
      let node = StreamNode(bits: position.value)
      let entries = node.live
      if case .length(let length) = trim, count <= length { break }
      if limit > 0 && removed + entries > limit { break }
      let isCovered: Bool
      switch trim {
      case .length(let length): isCovered = count - entries >= length
      case .before(let id): isCovered = node.last.id < id
      }
      if wholeNodes && !isCovered { break }
      // Entries stay in nodes before the next one only where references keep them.
      let behind: StreamID? = policy == .needNone ? node.last.id.successor : nil
      if isCovered && canRemoveWhole(node, policy) {
        remove(node)
        state.value.count -= entries
        removed += entries
      } else {
        let (count, goesOn) = trimItems(of: node, isCovered: isCovered, trim, policy)
        removed += count
        if !goesOn { break }
      }
      next = policy == .needNone ? behind.flatMap { state.value.nodes.position(from: $0) } : state.value.nodes.first
    }
    if removed > 0 { refreshFirstID() }
    return removed
  }

  /// Removes items from the front of a node, and the node if none stays of one that the trim covers; returns how many,
  /// and whether there may be more to remove behind it.
  private mutating func trimItems(
    of node: StreamNode, isCovered: Bool, _ trim: Trim, _ policy: ReferencePolicy
  ) -> (removed: Int, goesOn: Bool) {
    let lastRead = policy == .needNone ? lastIDReadByAll : .max
    var removed = 0
    var next: StreamItem? = node.first
    while let item = next {
      switch trim {
      case .length(let length): if count <= length { return (removed, false) }
      case .before(let id): if item.id >= id { return (removed, false) }
      }
      if item.id > lastRead { return (removed, false) }
      next = node.item(after: item)
      if item.isDeleted || policy == .needNone && isReferenced(item.id) { continue }
      if policy == .delete { removeReferences(to: item.id) }
      state.value.count -= 1
      removed += 1
      if node.live == 1 && isCovered {
        remove(node)
        return (removed, true)
      }
      willChange(node)
      item.setDeleted(true)
      node.live -= 1
      node.deleted += 1
    }
    return (removed, true)
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
