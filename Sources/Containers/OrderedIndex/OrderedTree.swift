// Unsafe: nodes are blocks, which the tree allocates and frees.

/// The tree of an ordered index: what keeps its entries in order. The entries are the index's.
@safe
struct OrderedTree: ~Copyable {
  /// A branch on the way to a leaf, and the child that the way goes on with.
  struct Step {
    var branch: OrderedBranch
    var index: Int
  }

  /// More branches above one another than memory can hold entries for: each has ten children at least, but for those
  /// at the edges.
  static var heightMax: Int { 16 }

  let heap: Heap
  /// A leaf, or a branch `height` levels above the leaves; nil when there are no entries.
  var root: UnsafeMutableRawPointer?
  var height = 0
  var firstLeaf: OrderedLeaf?
  var lastLeaf: OrderedLeaf?
  /// Bytes of all nodes.
  var nodeBytes = 0
  /// The way of the last descent for a change, from the root on; `height` steps of it count.
  private var path = InlineArray<16, Step?>(repeating: nil)

  init(heap: Heap) { self.heap = heap }

  deinit {
    guard let root = unsafe root else { return }
    unsafe Self.free(root, height, heap, heap.isOwnedByCallingThread)
  }

  /// Frees a node with all below it.
  @unsafe
  private static func free(_ node: UnsafeMutableRawPointer, _ height: Int, _ heap: Heap, _ isOwner: Bool) {
    let size = height == 0 ? OrderedLeaf.byteCount : OrderedBranch.byteCount
    if height > 0 {
      let branch = unsafe OrderedBranch(node)
      for index in 0..<branch.count { unsafe free(branch.node(index), height - 1, heap, isOwner) }
    }
    if isOwner { unsafe heap.deallocate(node, size) } else { unsafe heap.deallocateRemotely(node, size) }
  }

  func step(_ level: Int) -> Step {
    guard let step = path[level] else { preconditionFailure("no way to this level") }
    return step
  }

  mutating func setStep(_ level: Int, _ index: Int) { path[level]?.index = index }

  mutating func setStep(_ level: Int, _ step: Step) { path[level] = step }

  @unsafe
  static func leaf(_ node: UnsafeMutableRawPointer) -> OrderedLeaf {
    unsafe OrderedLeaf(node.assumingMemoryBound(to: OrderedLeaf.Header.self))
  }
}

// Descents. Those that change something leave their way behind.
extension OrderedTree {
  /// The leaf in which an entry of this score and member stands, or would stand.
  mutating func descend(_ score: Double, _ member: borrowing Bytes) -> OrderedLeaf? {
    guard var node = unsafe root else { return nil }
    for level in 0..<height {
      let branch = unsafe OrderedBranch(node)
      let index = branch.child(score, member)
      setStep(level, Step(branch: branch, index: index))
      unsafe node = branch.node(index)
    }
    let leaf = unsafe Self.leaf(node)
    leaf.prefetch()
    return leaf
  }

  /// Where an entry stands, which is there.
  mutating func descend(to entry: OrderedEntry) -> (leaf: OrderedLeaf, index: Int) {
    guard let leaf = descend(entry.score, entry.member) else { preconditionFailure("an entry without a tree") }
    return (leaf, leaf.index(of: entry))
  }

  /// The entry of a rank.
  mutating func descend(rank: Int) -> (leaf: OrderedLeaf, index: Int)? {
    guard var node = unsafe root else { return nil }
    var rank = rank
    for level in 0..<height {
      let branch = unsafe OrderedBranch(node)
      let index = branch.child(rank: &rank)
      setStep(level, Step(branch: branch, index: index))
      unsafe node = branch.node(index)
    }
    return (unsafe Self.leaf(node), rank)
  }

  /// As `descend(rank:)`, for readers.
  func locate(rank: Int) -> (leaf: OrderedLeaf, index: Int)? {
    guard var node = unsafe root else { return nil }
    var rank = rank
    for _ in 0..<height {
      let branch = unsafe OrderedBranch(node)
      let index = branch.child(rank: &rank)
      unsafe node = branch.node(index)
    }
    return (unsafe Self.leaf(node), rank)
  }

  /// How many entries stand before one that is there.
  func rank(of entry: OrderedEntry) -> Int {
    let (score, member) = (entry.score, entry.member)
    guard var node = unsafe root else { preconditionFailure("an entry without a tree") }
    var rank = 0
    for _ in 0..<height {
      let branch = unsafe OrderedBranch(node)
      let index = branch.child(score, member)
      rank += branch.entriesBefore(index)
      unsafe node = branch.node(index)
    }
    let leaf = unsafe Self.leaf(node)
    leaf.prefetch()
    return rank + leaf.index(of: entry)
  }

  /// How many entries stand before a bound.
  func rank(_ bound: borrowing OrderedBound) -> Int {
    guard var node = unsafe root else { return 0 }
    var rank = 0
    for _ in 0..<height {
      let branch = unsafe OrderedBranch(node)
      let index = branch.child(bound)
      rank += branch.entriesBefore(index)
      unsafe node = branch.node(index)
    }
    return unsafe rank + Self.leaf(node).position(bound)
  }
}
