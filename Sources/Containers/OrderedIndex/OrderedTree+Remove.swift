// Unsafe: nodes are freed, after nothing leads to them any more.

extension OrderedTree {
  /// Takes an entry out, which is there.
  mutating func remove(_ entry: OrderedEntry) {
    let (leaf, index) = descend(to: entry)
    remove(leaf, index..<index + 1)
  }

  /// Takes the entries of some ranks out, leaf by leaf; each run is passed on before it goes.
  mutating func removeSubrange(_ range: Range<Int>, _ visit: (OrderedLeaf, Range<Int>) -> Void) {
    var left = range.count
    while left > 0 {
      guard let place = descend(rank: range.lowerBound) else { preconditionFailure("ranks out of range") }
      let run = place.index..<min(place.index + left, place.leaf.count)
      precondition(!run.isEmpty, "ranks out of range")
      visit(place.leaf, run)
      remove(place.leaf, run)
      left -= run.count
    }
  }

  /// Takes slots out of the leaf at the end of the way, and has nodes share that have too few left.
  mutating func remove(_ leaf: OrderedLeaf, _ range: Range<Int>) {
    for level in 0..<height { step(level).branch.add(-range.count, toEntryCount: step(level).index) }
    leaf.remove(range)
    if leaf.count == 0 {
      removeEmpty(leaf)
    } else if leaf.count < OrderedLeaf.fewest && leaf != firstLeaf && leaf != lastLeaf {
      balance(leaf)
    } else if range.lowerBound == 0 {
      refreshFirst(leaf.entry(0))
    }
  }

  /// The leaf at the end of the way has few entries left: it joins a neighbour, or takes some of its.
  private mutating func balance(_ leaf: OrderedLeaf) {
    let level = height - 1
    let parent = step(level).branch
    if parent.count > 1 {
      let left = max(0, step(level).index - 1)
      setStep(level, left)
      let (a, b) = unsafe (Self.leaf(parent.node(left)), Self.leaf(parent.node(left + 1)))
      let sum = a.count + b.count
      if sum <= OrderedLeaf.mergedMost {
        a.takeHead(b.count, of: b)
        free(b)
        parent.remove(left + 1..<left + 2)
      } else {
        let half = sum / 2
        if a.count < half { a.takeHead(half - a.count, of: b) } else { a.moveTail(from: half, to: b) }
        parent.setEntryCount(left + 1, b.count)
        parent.setFirst(left + 1, b.entry(0))
      }
      parent.setEntryCount(left, a.count)
      refreshFirst(a.entry(0))
    } else {
      refreshFirst(leaf.entry(0))
    }
    balanceBranches()
  }

  /// The leaf at the end of the way has no entries left. The first and the last come to that one by one, where members
  /// are taken from an end: they do not share before.
  private mutating func removeEmpty(_ leaf: OrderedLeaf) {
    free(leaf)
    if height == 0 { return }
    let (parent, index) = (step(height - 1).branch, step(height - 1).index)
    parent.remove(index..<index + 1)
    if index == 0 && parent.count > 0 { propagateFirst(parent.first(0), from: height - 2) }
    balanceBranches()
  }

  /// The same for the branches on the way, from below.
  private mutating func balanceBranches() {
    for level in stride(from: height - 1, to: 0, by: -1) {
      let branch = step(level).branch
      if branch.count >= OrderedBranch.fewest { break }
      let parent = step(level - 1).branch
      if parent.count > 1 {
        let left = max(0, step(level - 1).index - 1)
        setStep(level - 1, left)
        let (a, b) = unsafe (OrderedBranch(parent.node(left)), OrderedBranch(parent.node(left + 1)))
        let sum = a.count + b.count
        if sum <= OrderedBranch.mergedMost {
          a.takeHead(b.count, of: b)
          free(b)
          parent.remove(left + 1..<left + 2)
        } else {
          let half = sum / 2
          if a.count < half { a.takeHead(half - a.count, of: b) } else { a.moveTail(from: half, to: b) }
          parent.setEntryCount(left + 1, b.total)
          parent.setFirst(left + 1, b.first(0))
        }
        parent.setEntryCount(left, a.total)
        propagateFirst(a.first(0), from: level - 1)
      } else if branch.count == 0 {
        free(branch)
        parent.remove(0..<1)
      }
    }
    lowerRoot()
  }

  /// As `refreshFirst`, from a level on.
  private func propagateFirst(_ entry: OrderedEntry, from level: Int) {
    for level in stride(from: level, through: 0, by: -1) {
      step(level).branch.setFirst(step(level).index, entry)
      if step(level).index != 0 { return }
    }
  }

  /// A root with a single child is none, and one without is the last.
  private mutating func lowerRoot() {
    while height > 0, let node = unsafe root {
      let branch = unsafe OrderedBranch(node)
      if branch.count > 1 { return }
      if branch.count == 1 {
        unsafe root = branch.node(0)
        height -= 1
      } else {
        unsafe root = nil
        height = 0
      }
      free(branch)
    }
  }

  private mutating func free(_ leaf: OrderedLeaf) {
    if let previous = leaf.previous { previous.next = leaf.next } else { firstLeaf = leaf.next }
    if let next = leaf.next { next.previous = leaf.previous } else { lastLeaf = leaf.previous }
    if height == 0 { unsafe root = nil }
    nodeBytes -= OrderedLeaf.byteCount
    unsafe heap.deallocate(UnsafeMutableRawPointer(leaf.header), OrderedLeaf.byteCount)
  }

  private mutating func free(_ branch: OrderedBranch) {
    nodeBytes -= OrderedBranch.byteCount
    unsafe heap.deallocate(branch.start, OrderedBranch.byteCount)
  }
}
