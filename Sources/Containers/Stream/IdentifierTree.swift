// Unsafe: nodes are blocks, which the tree allocates and frees.

/// A B+ tree from identifiers to small values.
///
/// Identifiers mostly come in ascending order and go from the lower end: leaves that fill up at the end stay full, and
/// the last one is reached without a descent. A tree of few entries is one small leaf. Only the thread that owns the
/// heap may change a tree; another may end it.
@safe
struct IdentifierTree<Value: BitwiseCopyable>: ~Copyable {
  typealias Leaf = IdentifierNode<Value>
  typealias Branch = IdentifierNode<UInt>

  /// An entry, until the tree is changed.
  struct Position {
    let leaf: Leaf
    let index: Int

    var identifier: StreamID { leaf.identifier(index) }
    var value: Value { leaf.value(index) }

    /// The entry behind it.
    var next: Position? {
      if index + 1 < leaf.count { return Position(leaf: leaf, index: index + 1) }
      return leaf.next.map { Position(leaf: $0, index: 0) }
    }

    /// The entry before it.
    var previous: Position? {
      if index > 0 { return Position(leaf: leaf, index: index - 1) }
      return leaf.previous.map { Position(leaf: $0, index: $0.count - 1) }
    }
  }

  static var heap: Heap { .shared }
  private static var smallest: Int { 4 }

  /// A leaf, or a branch `height` levels above the leaves; nil when there are no entries.
  var root: UnsafeMutableRawPointer?
  var height = 0
  var firstLeaf: Leaf?
  var lastLeaf: Leaf?
  /// How many entries there are.
  private(set) var count = 0
  /// Bytes of all nodes.
  private(set) var byteCount = 0

  init() {}

  deinit {
    guard let root = unsafe root else { return }
    unsafe Self.free(root, height, Self.heap.isOwnedByCallingThread)
  }

  @unsafe
  private static func free(_ node: UnsafeMutableRawPointer, _ height: Int, _ isOwner: Bool) {
    let size: Int
    if height > 0 {
      let branch = unsafe Branch(node)
      for index in 0..<branch.count { unsafe free(child(branch, index), height - 1, isOwner) }
      size = branch.byteCount
    } else {
      size = unsafe Leaf(node).byteCount
    }
    if isOwner { unsafe heap.deallocate(node, size) } else { unsafe heap.deallocateRemotely(node, size) }
  }

  @unsafe @inline(__always)
  static func child(_ branch: Branch, _ index: Int) -> UnsafeMutableRawPointer {
    unsafe UnsafeMutableRawPointer(bitPattern: branch.value(index)).unsafelyUnwrapped
  }

  var isEmpty: Bool { count == 0 }

  // MARK: Searches

  var first: Position? { firstLeaf.map { Position(leaf: $0, index: 0) } }
  var last: Position? { lastLeaf.map { Position(leaf: $0, index: $0.count - 1) } }

  @inline(__always)
  private func leaf(_ id: StreamID) -> Leaf? {
    guard var node = unsafe root else { return nil }
    for _ in 0..<height {
      let branch = unsafe Branch(node)
      unsafe node = Self.child(branch, branch.child(id))
    }
    return unsafe Leaf(node)
  }

  /// The entry of `id`.
  func find(_ id: StreamID) -> Position? {
    guard let leaf = leaf(id) else { return nil }
    let index = leaf.position(id)
    return index < leaf.count && leaf.identifier(index) == id ? Position(leaf: leaf, index: index) : nil
  }

  /// The first entry that does not stand before `id`.
  func position(from id: StreamID) -> Position? {
    guard let leaf = leaf(id) else { return nil }
    let index = leaf.position(id)
    return index < leaf.count ? Position(leaf: leaf, index: index) : leaf.next.map { Position(leaf: $0, index: 0) }
  }

  /// The last entry that does not stand behind `id`.
  func position(upTo id: StreamID) -> Position? {
    if let last, last.identifier <= id { return last }
    guard let leaf = leaf(id) else { return nil }
    let index = leaf.position(id, isBehind: true)
    return index > 0
      ? Position(leaf: leaf, index: index - 1)
      : leaf.previous.map { Position(leaf: $0, index: $0.count - 1) }
  }

  func forEach(_ visit: (StreamID, Value) -> Void) {
    var leaf = firstLeaf
    while let current = leaf {
      for index in 0..<current.count { visit(current.identifier(index), current.value(index)) }
      leaf = current.next
    }
  }

  /// A tree with the same identifiers, each with the value that `body` makes of its present one: copied node by node,
  /// and not built anew.
  func map(_ body: (Value) -> Value) -> IdentifierTree {
    var twin = IdentifierTree()
    var nodes: [(id: StreamID, node: UInt)] = []
    var leaf = firstLeaf
    while let current = leaf {
      let copy = twin.makeLeaf(current.capacity, behind: twin.lastLeaf)
      current.copyTail(from: 0, to: copy)
      for index in 0..<copy.count { copy.setValue(index, body(copy.value(index))) }
      nodes.append((copy.identifier(0), unsafe UInt(bitPattern: copy.start)))
      leaf = current.next
    }
    twin.count = count
    while nodes.count > 1 {
      nodes = twin.makeBranches(over: nodes)
      twin.height += 1
    }
    unsafe twin.root = nodes.first.flatMap { unsafe UnsafeMutableRawPointer(bitPattern: $0.node) }
    return twin
  }

  /// The level above the nodes of one.
  private mutating func makeBranches(over nodes: [(id: StreamID, node: UInt)]) -> [(id: StreamID, node: UInt)] {
    let count = (nodes.count - 1) / Branch.largestCapacity + 1
    var branches: [(id: StreamID, node: UInt)] = []
    for number in 0..<count {
      let branch = makeBranch()
      for (id, node) in nodes[nodes.count * number / count..<nodes.count * (number + 1) / count] {
        branch.insert(id, node, at: branch.count)
      }
      branches.append((branch.identifier(0), unsafe UInt(bitPattern: branch.start)))
    }
    return branches
  }

  // MARK: Changes

  /// Adds an identifier that is not there. O(log n), O(1) behind the last one.
  mutating func insert(_ id: StreamID, _ value: Value) {
    count += 1
    if let leaf = lastLeaf, !leaf.isFull, leaf.identifier(leaf.count - 1) < id {
      return leaf.insert(id, value, at: leaf.count)
    }
    guard let root = unsafe root else {
      let leaf = makeLeaf(Self.smallest)
      leaf.insert(id, value, at: 0)
      return unsafe self.root = leaf.start
    }
    if height == 0, let leaf = lastLeaf, leaf.isFull, leaf.capacity < Leaf.largestCapacity { enlarge(leaf) }
    guard let node = unsafe self.root, let split = unsafe insert(id, value, into: node, height) else { return }
    let branch = makeBranch()
    let old = unsafe height == 0 ? Leaf(root).identifier(0) : Branch(root).identifier(0)
    branch.insert(old, UInt(bitPattern: root), at: 0)
    branch.insert(split.id, split.node, at: 1)
    height += 1
    unsafe self.root = branch.start
  }

  /// Puts a value in the place of that of an identifier that is there.
  mutating func replace(_ position: Position, _ value: Value) { position.leaf.setValue(position.index, value) }

  /// Removes an identifier; its value, or nil when it is not there. O(log n).
  @discardableResult
  mutating func remove(_ id: StreamID) -> Value? {
    guard let node = unsafe root, let value = unsafe remove(id, from: node, height) else { return nil }
    count -= 1
    while height > 0, let root = unsafe root {
      let branch = unsafe Branch(root)
      if branch.count > 1 { break }
      unsafe self.root = branch.isEmpty ? nil : Self.child(branch, 0)
      height = branch.isEmpty ? 0 : height - 1
      free(branch)
    }
    if height == 0, let leaf = firstLeaf, leaf.isEmpty {
      free(leaf)
      unsafe root = nil
    }
    return value
  }
}

// What changes come to below the root.
extension IdentifierTree {
  private mutating func makeLeaf(_ capacity: Int, before next: Leaf? = nil, behind previous: Leaf? = nil) -> Leaf {
    let leaf = Leaf(Self.heap, capacity: capacity)
    byteCount += leaf.byteCount
    leaf.next = next
    leaf.previous = previous
    if let next { next.previous = leaf } else { lastLeaf = leaf }
    if let previous { previous.next = leaf } else { firstLeaf = leaf }
    return leaf
  }

  private mutating func makeBranch() -> Branch {
    let branch = Branch(Self.heap, capacity: Branch.largestCapacity)
    byteCount += branch.byteCount
    return branch
  }

  /// Puts twice as large a leaf in the place of the only one.
  private mutating func enlarge(_ leaf: Leaf) {
    let larger = Leaf(Self.heap, capacity: Swift.min(leaf.capacity * 2, Leaf.largestCapacity))
    byteCount += larger.byteCount - leaf.byteCount
    leaf.copyTail(from: 0, to: larger)
    (firstLeaf, lastLeaf) = (larger, larger)
    unsafe Self.heap.deallocate(leaf.start, leaf.byteCount)
    unsafe root = larger.start
  }

  /// Adds an entry below a node; the node that it had to be divided with, and what bounds that.
  @unsafe
  private mutating func insert(
    _ id: StreamID, _ value: Value, into node: UnsafeMutableRawPointer, _ height: Int
  ) -> (id: StreamID, node: UInt)? {
    if height == 0 { return insert(id, value, into: unsafe Leaf(node)) }
    let branch = unsafe Branch(node)
    let index = branch.child(id)
    guard let split = unsafe insert(id, value, into: Self.child(branch, index), height - 1) else { return nil }
    if !branch.isFull {
      branch.insert(split.id, split.node, at: index + 1)
      return nil
    }
    let twin = makeBranch()
    // What grows at its end stays full.
    let half = index + 1 == branch.count ? branch.count : branch.count / 2
    branch.copyTail(from: half, to: twin)
    branch.count = half
    if index + 1 <= half && half < branch.capacity {
      branch.insert(split.id, split.node, at: index + 1)
    } else {
      twin.insert(split.id, split.node, at: index + 1 - half)
    }
    return unsafe (twin.identifier(0), UInt(bitPattern: twin.start))
  }

  private mutating func insert(_ id: StreamID, _ value: Value, into leaf: Leaf) -> (id: StreamID, node: UInt)? {
    let index = leaf.position(id)
    if !leaf.isFull {
      leaf.insert(id, value, at: index)
      return nil
    }
    let half = index == leaf.count ? leaf.count : leaf.count / 2
    let twin = makeLeaf(Leaf.largestCapacity, before: leaf.next, behind: leaf)
    leaf.copyTail(from: half, to: twin)
    leaf.count = half
    if index <= half && half < leaf.capacity {
      leaf.insert(id, value, at: index)
    } else {
      twin.insert(id, value, at: index - half)
    }
    return unsafe (twin.identifier(0), UInt(bitPattern: twin.start))
  }

  @unsafe
  private mutating func remove(_ id: StreamID, from node: UnsafeMutableRawPointer, _ height: Int) -> Value? {
    if height == 0 {
      let leaf = unsafe Leaf(node)
      let index = leaf.position(id)
      guard index < leaf.count, leaf.identifier(index) == id else { return nil }
      let value = leaf.value(index)
      leaf.remove(index)
      return value
    }
    let branch = unsafe Branch(node)
    let index = branch.child(id)
    guard let value = unsafe remove(id, from: Self.child(branch, index), height - 1) else { return nil }
    if height == 1 {
      repair(leaf: unsafe Leaf(Self.child(branch, index)), index, in: branch)
    } else {
      repair(branch: unsafe Branch(Self.child(branch, index)), index, in: branch)
    }
    return value
  }

  /// A leaf that is empty goes; one that is nearly so joins a neighbour if both fit into three quarters.
  private mutating func repair(leaf: Leaf, _ index: Int, in parent: Branch) {
    if leaf.isEmpty {
      free(leaf)
      return parent.remove(index)
    }
    if leaf.count >= Leaf.largestCapacity / 4 || parent.count == 1 { return }
    let left = Swift.min(index, parent.count - 2)
    let (a, b) = unsafe (Leaf(Self.child(parent, left)), Leaf(Self.child(parent, left + 1)))
    if a.count + b.count > Swift.min(a.capacity, Leaf.largestCapacity * 3 / 4) { return }
    b.copyTail(from: 0, to: a)
    free(b)
    parent.remove(left + 1)
  }

  private mutating func repair(branch: Branch, _ index: Int, in parent: Branch) {
    if branch.isEmpty {
      free(branch)
      return parent.remove(index)
    }
    if branch.count >= Branch.largestCapacity / 4 || parent.count == 1 { return }
    let left = Swift.min(index, parent.count - 2)
    let (a, b) = unsafe (Branch(Self.child(parent, left)), Branch(Self.child(parent, left + 1)))
    if a.count + b.count > Branch.largestCapacity * 3 / 4 { return }
    // The first bound of a branch may have been undercut since: its parent's never is.
    b.setIdentifier(0, parent.identifier(left + 1))
    b.copyTail(from: 0, to: a)
    free(b)
    parent.remove(left + 1)
  }

  private mutating func free(_ leaf: Leaf) {
    if let previous = leaf.previous { previous.next = leaf.next } else { firstLeaf = leaf.next }
    if let next = leaf.next { next.previous = leaf.previous } else { lastLeaf = leaf.previous }
    byteCount -= leaf.byteCount
    unsafe Self.heap.deallocate(leaf.start, leaf.byteCount)
  }

  private mutating func free(_ branch: Branch) {
    byteCount -= branch.byteCount
    unsafe Self.heap.deallocate(branch.start, branch.byteCount)
  }
}
