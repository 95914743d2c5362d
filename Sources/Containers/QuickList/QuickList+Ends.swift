// Unsafe: see QuickList.swift.

extension QuickList {
  /// Adds an element at the end. O(its length), amortised.
  public mutating func append(_ element: borrowing Bytes, _ limit: NodeLimit) {
    let head = PackedHead(element)
    if isShort || bits == 0 {
      if addShort(element, head, atFront: false, limit) { return }
      expand()
    }
    if let state = unsafe state, unsafe state.pointee.used > 0 {
      let node = unsafe QuickListState.node(state, Int(state.pointee.used) - 1)
      if unsafe limit.allows(node.pointee, adding: head.entryCount) {
        if unsafe !node.pointee.hasRoom(head.entryCount, atFront: false) {
          unsafe makeRoom(node, head.entryCount, atFront: false)
        }
        unsafe node.pointee.append(element, head)
        unsafe state.pointee.count += 1
        return
      }
    }
    unsafe addNode(atFront: false, head.entryCount, limit).pointee.append(element, head)
    unsafe state.unsafelyUnwrapped.pointee.count += 1
  }

  /// Adds an element at the beginning. O(its length), amortised.
  public mutating func prepend(_ element: borrowing Bytes, _ limit: NodeLimit) {
    let head = PackedHead(element)
    if isShort || bits == 0 {
      if addShort(element, head, atFront: true, limit) { return }
      expand()
    }
    if let state = unsafe state, unsafe state.pointee.used > 0 {
      let node = unsafe QuickListState.node(state, 0)
      if unsafe limit.allows(node.pointee, adding: head.entryCount) {
        if unsafe !node.pointee.hasRoom(head.entryCount, atFront: true) {
          unsafe makeRoom(node, head.entryCount, atFront: true)
        }
        unsafe node.pointee.prepend(element, head)
        unsafe state.pointee.count += 1
        return
      }
    }
    unsafe addNode(atFront: true, head.entryCount, limit).pointee.prepend(element, head)
    unsafe state.unsafelyUnwrapped.pointee.count += 1
  }

  /// Removes the first element; the list must not be empty. O(1).
  public mutating func removeFirst() {
    if isShort { return removeShort(atFront: true) }
    guard let state = unsafe state else { preconditionFailure("removal from an empty list") }
    let node = unsafe QuickListState.node(state, 0)
    unsafe node.pointee.removeFirst()
    unsafe state.pointee.count -= 1
    unsafe didRemove(0, node)
  }

  /// Removes the last element; the list must not be empty. O(1).
  public mutating func removeLast() {
    if isShort { return removeShort(atFront: false) }
    guard let state = unsafe state else { preconditionFailure("removal from an empty list") }
    let number = unsafe Int(state.pointee.used) - 1
    let node = unsafe QuickListState.node(state, number)
    unsafe node.pointee.removeLast()
    unsafe state.pointee.count -= 1
    unsafe didRemove(number, node)
  }

  /// Drops a node at an end that was left empty; shrinks the block of one that was left mostly so.
  @unsafe @inline(__always)
  private mutating func didRemove(_ number: Int, _ node: UnsafeMutablePointer<QuickNode>) {
    guard let state = unsafe state else { return }
    if unsafe node.pointee.count == 0 {
      unsafe self.state = unsafe QuickListState.remove(number..<number + 1, state)
    } else if unsafe node.pointee.byteCount * 4 < Int(node.pointee.capacity) && node.pointee.capacity > 128 {
      unsafe shrink(node)
      contract()
    }
  }

  @unsafe @inline(never)
  private func makeRoom(_ node: UnsafeMutablePointer<QuickNode>, _ size: Int, atFront: Bool) {
    guard let state = unsafe state else { return }
    let before = unsafe node.pointee.capacity
    unsafe node.pointee.makeRoom(size, atFront: atFront)
    unsafe state.pointee.blockBytes += Int(node.pointee.capacity) - Int(before)
  }

  @unsafe @inline(never)
  func shrink(_ node: UnsafeMutablePointer<QuickNode>) {
    guard let state = unsafe state else { return }
    let before = unsafe node.pointee.capacity
    unsafe node.pointee.releaseSlack()
    unsafe state.pointee.blockBytes += Int(node.pointee.capacity) - Int(before)
  }

  /// A new node at an end. Its neighbour, which is full, gives back what it did not need; the new one is made as large,
  /// as it will be filled alike.
  @unsafe @inline(never)
  private mutating func addNode(atFront: Bool, _ size: Int, _ limit: NodeLimit) -> UnsafeMutablePointer<QuickNode> {
    var room = size
    if let state = unsafe state, unsafe state.pointee.used > 0 {
      let neighbour = unsafe QuickListState.node(state, atFront ? 0 : Int(state.pointee.used) - 1)
      unsafe shrink(neighbour)
      room = unsafe max(size, min(Int(neighbour.pointee.capacity), limit.bytes))
      unsafe self.state = unsafe QuickListState.grow(state)
    } else if unsafe state == nil {
      unsafe state = unsafe QuickListState.make(capacity: 1)
    }
    let state = unsafe state.unsafelyUnwrapped
    var node = QuickNode(capacity: room)
    if atFront { (node.start, node.end) = (node.capacity, node.capacity) }
    let number = unsafe atFront ? 0 : Int(state.pointee.used)
    unsafe QuickListState.insert(node, at: number, state)
    return unsafe QuickListState.node(state, number)
  }
}
