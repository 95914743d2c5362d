// Unsafe: see QuickList.swift.

extension QuickList {
  /// Whether the running totals are those of the nodes and no node is empty; what tests ask. O(nodes).
  var isConsistent: Bool {
    if isShort {
      let node = shortNode
      return node.count > 0 && node.start < node.end && node.end <= node.capacity && node.byteCount <= Self.shortMax
    }
    guard let state = unsafe state else { return true }
    var bytes = 0
    var elements = 0
    for number in 0..<nodeCount {
      let node = unsafe QuickListState.node(state, number).pointee
      if node.count == 0 || node.start >= node.end || node.end > node.capacity { return false }
      bytes += node.allocatedBytes
      elements += Int(node.count)
    }
    return unsafe elements == count && bytes == state.pointee.blockBytes
  }
}
