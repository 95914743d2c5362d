// Unsafe: see QuickList.swift.

extension QuickList {
  /// Inserts an element at `position`, before what was there; at most the end. O(nodes + node).
  public mutating func insert(_ element: borrowing Bytes, at position: Int, _ limit: NodeLimit) {
    precondition(position >= 0 && position <= count, "quick list position out of range")
    if position == 0 { return prepend(element, limit) }
    if position == count { return append(element, limit) }
    expand()
    defer { contract() }
    guard let state = unsafe state else { return }
    let head = PackedHead(element)
    let place = unsafe QuickListState.locate(position, state)
    let node = unsafe QuickListState.node(state, place.node)
    let offset = unsafe node.pointee.offset(of: place.position)
    unsafe state.pointee.count += 1
    if unsafe limit.allows(node.pointee, adding: head.entryCount) {
      return unsafe change(node) { unsafe $0.pointee.replace(at: offset, removing: 0, entries: 0, with: element, head) }
    }
    if place.position == 0 {
      let previous = unsafe QuickListState.node(state, place.node - 1)
      if unsafe limit.allows(previous.pointee, adding: head.entryCount) {
        return unsafe change(previous) { unsafe $0.pointee.append(element, head) }
      }
    } else {
      var rest: QuickNode?
      unsafe change(node) { unsafe rest = $0.pointee.split(at: offset, position: place.position) }
      if let rest { unsafe addNode(rest, at: place.node + 1) }
      let left = unsafe QuickListState.node(self.state.unsafelyUnwrapped, place.node)
      if unsafe limit.allows(left.pointee, adding: head.entryCount) {
        unsafe change(left) { unsafe $0.pointee.append(element, head) }
        unsafe shrink(left)
        return joinNeighbours(place.node, limit)
      }
      unsafe shrink(left)
    }
    // Too large for the nodes beside it: a node of its own.
    var single = QuickNode(capacity: head.entryCount)
    single.append(element, head)
    unsafe addNode(single, at: place.position == 0 ? place.node : place.node + 1)
  }

  /// Puts an element in the place of that at `position`. O(nodes + node).
  public mutating func replace(at position: Int, with element: borrowing Bytes, _ limit: NodeLimit) {
    precondition(position >= 0 && position < count, "quick list position out of range")
    expand()
    defer { contract() }
    guard let state = unsafe state else { return }
    let head = PackedHead(element)
    let place = unsafe QuickListState.locate(position, state)
    let node = unsafe QuickListState.node(state, place.node)
    let offset = unsafe node.pointee.offset(of: place.position)
    let old = unsafe node.pointee.entryCount(offset)
    if unsafe node.pointee.count == 1 || node.pointee.byteCount - old + head.entryCount <= limit.bytes {
      unsafe change(node) { unsafe $0.pointee.replace(at: offset, removing: old, entries: 1, with: element, head) }
      if old > head.entryCount { unsafe shrink(node) }
      return
    }
    removeSubrange(position..<position + 1)
    insert(element, at: position, limit)
  }

  /// Removes the elements at some positions. O(nodes + node).
  public mutating func removeSubrange(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "quick list position out of range")
    if range.isEmpty { return }
    expand()
    defer { contract() }
    guard let state = unsafe state else { return }
    if range.count == count {
      unsafe state.pointee.count = 0
      unsafe self.state = unsafe QuickListState.remove(0..<nodeCount, state)
      return
    }
    let place = unsafe QuickListState.locate(range.lowerBound, state)
    var rest = range.count
    unsafe state.pointee.count -= rest
    var number = place.node
    if place.position > 0 {
      let node = unsafe QuickListState.node(state, number)
      let removed = unsafe min(rest, Int(node.pointee.count) - place.position)
      unsafe remove(removed, from: place.position, node)
      rest -= removed
      number += 1
    }
    var whole = number
    while unsafe rest > 0 && rest >= Int(QuickListState.node(state, whole).pointee.count) {
      rest -= unsafe Int(QuickListState.node(state, whole).pointee.count)
      whole += 1
    }
    if rest > 0 { unsafe remove(rest, from: 0, QuickListState.node(state, whole)) }
    if whole > number { unsafe self.state = unsafe QuickListState.remove(number..<whole, state) }
  }

  /// Removes elements equal to `text`, at most `limit` of them from the beginning, or from the end. Returns how many.
  public mutating func removeAll(
    equalTo text: borrowing Bytes, limit: Int = .max, fromEnd: Bool = false, _ nodeLimit: NodeLimit
  ) -> Int {
    if isEmpty { return 0 }
    expand()
    defer { contract() }
    var removed = 0
    var number = fromEnd ? nodeCount - 1 : 0
    while number >= 0 && number < nodeCount && removed < limit {
      guard let state = unsafe state else { break }
      let node = unsafe QuickListState.node(state, number)
      let wanted = limit - removed
      let skipping =
        unsafe fromEnd && wanted < Int(node.pointee.count) ? max(0, node.pointee.matches(text) - wanted) : 0
      var found = 0
      unsafe change(node) { unsafe found = $0.pointee.removeMatches(text, skipping: skipping, limit: wanted) }
      unsafe state.pointee.count -= found
      removed += found
      if unsafe node.pointee.count == 0 {
        unsafe self.state = unsafe QuickListState.remove(number..<number + 1, state)
        if fromEnd { number -= 1 }
        continue
      }
      if found > 0 { unsafe shrink(node) }
      number += fromEnd ? -1 : 1
    }
    if removed > 0 { joinNeighbours(nodeLimit) }
    return removed
  }

  /// Removes some elements of a node and gives back what that leaves idle.
  @unsafe
  private func remove(_ count: Int, from position: Int, _ node: UnsafeMutablePointer<QuickNode>) {
    unsafe change(node) { node in unsafe node.pointee.remove(at: node.pointee.offset(of: position), entries: count) }
    unsafe shrink(node)
  }

  /// Changes a node and keeps the count of bytes.
  @unsafe @inline(__always)
  private func change(_ node: UnsafeMutablePointer<QuickNode>, _ body: (UnsafeMutablePointer<QuickNode>) -> Void) {
    let before = unsafe node.pointee.capacity
    unsafe body(node)
    unsafe state.unsafelyUnwrapped.pointee.blockBytes += Int(node.pointee.capacity) - Int(before)
  }

  @unsafe
  private mutating func addNode(_ node: QuickNode, at number: Int) {
    unsafe state = unsafe QuickListState.grow(state.unsafelyUnwrapped)
    unsafe QuickListState.insert(node, at: number, state.unsafelyUnwrapped)
  }

  /// Joins a node with its neighbours where they fill one node at most half, so that changes in the middle do not
  /// leave a list of crumbs.
  private mutating func joinNeighbours(_ number: Int, _ limit: NodeLimit) {
    for left in [number, number - 1] where left >= 0 && left + 1 < nodeCount { _ = join(left, limit) }
  }

  /// As above, for all nodes.
  private mutating func joinNeighbours(_ limit: NodeLimit) {
    var number = 0
    while number + 1 < nodeCount { if !join(number, limit) { number += 1 } }
  }

  /// Joins a node with the next one where they fill one at most half; true when it did.
  private mutating func join(_ number: Int, _ limit: NodeLimit) -> Bool {
    guard let state = unsafe state else { return false }
    let left = unsafe QuickListState.node(state, number)
    let right = unsafe QuickListState.node(state, number + 1)
    let isSmall = unsafe left.pointee.byteCount + right.pointee.byteCount <= limit.bytes / 2
    guard isSmall, unsafe Int(left.pointee.count + right.pointee.count) <= limit.count else { return false }
    unsafe change(left) { unsafe $0.pointee.append(entriesOf: right.pointee) }
    unsafe self.state = unsafe QuickListState.remove(number + 1..<number + 2, state)
    return true
  }
}
