// Unsafe: nodes are linked by address.

extension OrderedTree {
  /// Fills an empty tree with entries that are in order: leaves from left to right, then a level of branches after the
  /// other above them. O(n), at the speed of memory.
  mutating func build(_ entries: [OrderedEntry]) {
    assert(firstLeaf == nil, "a tree that has entries")
    if entries.isEmpty { return }
    var nodes: [OrderedBranch.Child] = []
    nodes.reserveCapacity(entries.count / OrderedLeaf.capacity + 1)
    for start in stride(from: 0, to: entries.count, by: OrderedLeaf.capacity) {
      let leaf = makeLeaf()
      leaf.fill(entries, start..<min(start + OrderedLeaf.capacity, entries.count))
      if let last = lastLeaf { link(leaf, behind: last) } else { (firstLeaf, lastLeaf) = (leaf, leaf) }
      nodes.append(
        unsafe OrderedBranch.Child(
          first: entries[start], node: UnsafeMutableRawPointer(leaf.header), count: leaf.count))
    }
    while nodes.count > 1 {
      precondition(height < Self.heightMax, "more entries than there is memory for")
      var parents: [OrderedBranch.Child] = []
      for start in stride(from: 0, to: nodes.count, by: OrderedBranch.capacity) {
        let branch = makeBranch()
        for child in nodes[start..<min(start + OrderedBranch.capacity, nodes.count)] {
          branch.insert(child, at: branch.count)
        }
        parents.append(
          unsafe OrderedBranch.Child(first: branch.first(0), node: branch.start, count: branch.total))
      }
      nodes = parents
      height += 1
    }
    unsafe root = nodes[0].node
  }
}
