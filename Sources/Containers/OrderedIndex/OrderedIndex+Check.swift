// Unsafe: see OrderedIndex.swift.

extension OrderedIndex {
  /// Whether the invariants hold; what tests ask. O(n).
  var isConsistent: Bool {
    let (root, height) = unsafe (state.pointee.tree.root, state.pointee.tree.height)
    guard let root = unsafe root else { return isEmpty && (unsafe state.pointee.tree.nodeBytes) == 0 }
    var check = OrderedCheck()
    unsafe check.visit(root, height, isAtEdge: true)
    let (first, last) = unsafe (state.pointee.tree.firstLeaf, state.pointee.tree.lastLeaf)
    return unsafe check.holds && check.count == count && check.bytes == state.pointee.tree.nodeBytes
      && first?.previous == nil && last?.next == nil && check.leaf == last
  }
}

/// What a walk over all nodes has found.
private struct OrderedCheck {
  var holds = true
  var count = 0
  var bytes = 0
  var last: OrderedEntry?
  var leaf: OrderedLeaf?

  @unsafe
  mutating func visit(_ node: UnsafeMutableRawPointer, _ height: Int, isAtEdge: Bool) {
    if height == 0 { return visit(unsafe OrderedTree.leaf(node), isAtEdge: isAtEdge) }
    let branch = unsafe OrderedBranch(node)
    bytes += OrderedBranch.byteCount
    holds = holds && branch.count > 0 && (isAtEdge || branch.count >= OrderedBranch.fewest)
    for index in 0..<branch.count {
      let before = count
      let isAtEdge = isAtEdge && (index == 0 || index == branch.count - 1)
      unsafe visit(branch.node(index), height - 1, isAtEdge: isAtEdge)
      let first = unsafe firstEntry(of: branch.node(index), height - 1)
      holds = holds && branch.entryCount(index) == count - before && branch.hasTrueScore(index)
        && branch.first(index) == first
    }
  }

  @unsafe
  private func firstEntry(of node: UnsafeMutableRawPointer, _ height: Int) -> OrderedEntry {
    var node = unsafe node
    for _ in 0..<height { unsafe node = OrderedBranch(node).node(0) }
    return unsafe OrderedTree.leaf(node).entry(0)
  }

  private mutating func visit(_ leaf: OrderedLeaf, isAtEdge: Bool) {
    bytes += OrderedLeaf.byteCount
    holds = holds && leaf.previous == self.leaf && leaf.count > 0 && (isAtEdge || leaf.count >= OrderedLeaf.fewest)
    for index in 0..<leaf.count {
      let entry = leaf.entry(index)
      if let last { holds = holds && last.precedes(entry.score, entry.member) }
      holds = holds && leaf.hasTrueHint(index)
      last = entry
    }
    count += leaf.count
    self.leaf = leaf
  }
}
