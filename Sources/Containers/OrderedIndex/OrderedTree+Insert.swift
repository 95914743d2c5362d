// Unsafe: nodes are linked by address.

extension OrderedTree {
  /// Adds an entry that is not there.
  mutating func insert(_ entry: OrderedEntry) {
    guard let leaf = descend(entry.score, entry.member) else { return insertFirst(entry) }
    insert(entry, leaf, leaf.position(entry.score, entry.member))
  }

  /// Gives an entry another score, and the place that belongs to it.
  mutating func move(_ entry: OrderedEntry, to score: Double) {
    let (leaf, index) = descend(to: entry)
    let staysAfter = index > 0 && leaf.precedes(index - 1, score, entry.member)
    let staysBefore = index + 1 < leaf.count && !leaf.precedes(index + 1, score, entry.member)
    if staysAfter && staysBefore {
      entry.score = score
      return leaf.refreshHint(index)
    }
    remove(leaf, index..<index + 1)
    entry.score = score
    insert(entry)
  }

  private mutating func insertFirst(_ entry: OrderedEntry) {
    let leaf = makeLeaf()
    leaf.insert(entry, at: 0)
    leaf.measure()
    unsafe root = UnsafeMutableRawPointer(leaf.header)
    (firstLeaf, lastLeaf) = (leaf, leaf)
  }

  mutating func makeLeaf() -> OrderedLeaf {
    nodeBytes += OrderedLeaf.byteCount
    return OrderedLeaf(heap)
  }

  mutating func makeBranch() -> OrderedBranch {
    nodeBytes += OrderedBranch.byteCount
    return OrderedBranch(heap)
  }

  /// Puts an entry into the leaf at the end of the way.
  private mutating func insert(_ entry: OrderedEntry, _ leaf: OrderedLeaf, _ index: Int) {
    for level in 0..<height { step(level).branch.add(1, toEntryCount: step(level).index) }
    if leaf.count < OrderedLeaf.capacity {
      leaf.insert(entry, at: index)
      if index == 0 { refreshFirst(leaf.entry(0)) }
      return
    }
    // Full. At either end of all entries the full leaf stays so: what comes in order fills every leaf.
    let isAtEnd = index == leaf.count && leaf == lastLeaf
    let isAtStart = index == 0 && leaf == firstLeaf
    let cut = isAtEnd ? leaf.count : isAtStart ? 0 : leaf.count / 2
    let right = makeLeaf()
    leaf.moveTail(from: cut, to: right)
    if isAtEnd || index > cut {
      right.insert(entry, at: index - cut)
    } else {
      leaf.insert(entry, at: index)
    }
    if isAtEnd { right.measure() }
    if isAtStart { leaf.measure() }
    link(right, behind: leaf)
    if index == 0 { refreshFirst(leaf.entry(0)) }
    let child = unsafe OrderedBranch.Child(
      first: right.entry(0), node: UnsafeMutableRawPointer(right.header), count: right.count)
    addChild(child, leftCount: leaf.count, isAtEnd: isAtEnd)
  }

  mutating func link(_ right: OrderedLeaf, behind leaf: OrderedLeaf) {
    right.previous = leaf
    right.next = leaf.next
    if let next = leaf.next { next.previous = right } else { lastLeaf = right }
    leaf.next = right
  }

  /// Puts a node behind the one that it was cut off from, which has `leftCount` entries left, and cuts the branches
  /// above that are full.
  private mutating func addChild(_ child: OrderedBranch.Child, leftCount: Int, isAtEnd: Bool) {
    var child = child
    var leftCount = leftCount
    for level in stride(from: height - 1, through: 0, by: -1) {
      let (branch, index) = (step(level).branch, step(level).index)
      branch.setEntryCount(index, leftCount)
      if branch.count < OrderedBranch.capacity { return branch.insert(child, at: index + 1) }
      let right = makeBranch()
      let cut = isAtEnd ? branch.count : branch.count / 2
      branch.moveTail(from: cut, to: right)
      if isAtEnd || index + 1 > cut {
        right.insert(child, at: index + 1 - cut)
      } else {
        branch.insert(child, at: index + 1)
      }
      leftCount = branch.total
      unsafe child = OrderedBranch.Child(first: right.first(0), node: right.start, count: right.total)
    }
    grow(leftCount, child)
  }

  /// Puts a new root above the old one and the node that was cut off from it.
  private mutating func grow(_ leftCount: Int, _ right: OrderedBranch.Child) {
    guard let old = unsafe root, let firstLeaf else { preconditionFailure("no root") }
    precondition(height < Self.heightMax, "more entries than there is memory for")
    let branch = makeBranch()
    unsafe branch.insert(OrderedBranch.Child(first: firstLeaf.entry(0), node: old, count: leftCount), at: 0)
    branch.insert(right, at: 1)
    unsafe root = branch.start
    height += 1
  }

  /// The first entry of the leaf at the end of the way has become another one.
  mutating func refreshFirst(_ entry: OrderedEntry) {
    for level in stride(from: height - 1, through: 0, by: -1) {
      step(level).branch.setFirst(step(level).index, entry)
      if step(level).index != 0 { return }
    }
  }
}
