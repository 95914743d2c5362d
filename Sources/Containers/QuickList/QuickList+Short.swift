// Unsafe: a short list's block is read and written at its address; see QuickList.swift.

import Glibc

// A list of few bytes is one block of the slab heap, a header and the entries of its only node:
//
//     +--------+--------+----------+--------+--------------------------------------+
//     | start  | end    | capacity | count  | free | entry | ... | entry | free    |
//     | 2      | 2      | 2        | 2      | capacity                             |  bytes
//     +--------+--------+----------+--------+--------------------------------------+
//
// The node itself is made from the header when it is needed, and the header from the node once that has changed. A list
// that outgrows its block, or is changed in the middle, gets a state; in the end a small one becomes short again.
extension QuickList {
  /// The bytes of the header.
  static var shortHeader: Int { 8 }
  /// The most bytes that the entries of a short list take.
  static var shortMax: Int { 504 }

  @usableFromInline @unsafe
  var shortBlock: UnsafeMutableRawPointer { unsafe UnsafeMutableRawPointer(bitPattern: bits & ~1).unsafelyUnwrapped }

  /// How many elements a short list has.
  @usableFromInline
  var shortCount: Int { unsafe Int(shortBlock.load(fromByteOffset: 6, as: UInt16.self)) }

  /// The node of a short list; what changes about it counts once it was stored.
  @inline(__always)
  var shortNode: QuickNode {
    let block = unsafe shortBlock
    let header = unsafe block.load(as: SIMD4<UInt16>.self)
    return unsafe QuickNode(
      block: block + Self.shortHeader, start: UInt32(header[0]), end: UInt32(header[1]), capacity: UInt32(header[2]),
      count: UInt32(header[3]))
  }

  @inline(__always)
  private func store(_ node: QuickNode) {
    let header = SIMD4<UInt16>(
      truncatingIfNeeded: SIMD4<UInt32>(node.start, node.end, node.capacity, node.count))
    unsafe shortBlock.storeBytes(of: header, as: SIMD4<UInt16>.self)
  }

  /// Makes the list, which owns nothing, a short one without elements and with room for `room` bytes.
  private mutating func beginShort(_ room: Int) -> QuickNode {
    let size = Heap.blockSize(Self.shortHeader + room)
    let block = unsafe Heap.shared.allocate(size)
    bits = UInt(bitPattern: block) | 1
    return unsafe QuickNode(
      block: block + Self.shortHeader, start: 0, end: 0, capacity: UInt32(size - Self.shortHeader), count: 0)
  }

  /// Adds an element to a list that is empty or short; false when it would not be short any more.
  @inline(never)
  mutating func addShort(_ element: borrowing Bytes, _ head: PackedHead, atFront: Bool, _ limit: NodeLimit) -> Bool {
    let size = head.entryCount
    if size > Self.shortMax { return false }
    var node = bits == 0 ? beginShort(size) : shortNode
    if node.count > 0 && (!limit.allows(node, adding: size) || node.byteCount + size > Self.shortMax) { return false }
    if !node.hasRoom(size, atFront: atFront) { makeRoomInShort(&node, size, atFront: atFront) }
    if atFront { node.prepend(element, head) } else { node.append(element, head) }
    store(node)
    return true
  }

  /// Removes an element at an end of a short list.
  @inline(never)
  mutating func removeShort(atFront: Bool) {
    var node = shortNode
    if node.count == 1 {
      freeShort()
      bits = 0
      return
    }
    if atFront { node.removeFirst() } else { node.removeLast() }
    if Int(node.capacity) > 128 && node.byteCount * 4 < Int(node.capacity) { move(&node, room: 0, atFront: false) }
    store(node)
  }

  /// Room for `size` bytes at one side: by moving the entries where enough is idle, else in a larger block.
  private mutating func makeRoomInShort(_ node: inout QuickNode, _ size: Int, atFront: Bool) {
    let idle = Int(node.capacity) - node.byteCount
    if idle >= size && idle * 8 >= node.byteCount {
      node.makeRoom(size, atFront: atFront)
    } else {
      move(&node, room: size, atFront: atFront)
    }
  }

  /// Moves the entries of a short list into a block with room for `room` bytes more at one side.
  private mutating func move(_ node: inout QuickNode, room: Int, atFront: Bool) {
    let old = unsafe shortBlock
    var moved = beginShort(node.byteCount + room)
    moved.start = atFront ? moved.capacity - UInt32(node.byteCount) : 0
    moved.end = moved.start + UInt32(node.byteCount)
    moved.count = node.count
    unsafe memcpy(moved.block + Int(moved.start), node.block + Int(node.start), node.byteCount)
    unsafe Heap.shared.deallocate(old, Self.shortHeader + Int(node.capacity))
    node = moved
  }

  /// Frees a short list's block.
  func freeShort() {
    unsafe Heap.shared.deallocateAnywhere(shortBlock, Self.shortHeader + Int(shortNode.capacity))
  }

  /// A short list with the same elements as this one.
  func copyShort() -> QuickList {
    var twin = QuickList()
    twin.becomeShort(shortNode)
    return twin
  }

  /// Makes the list, which owns nothing, a short one with the entries of a node.
  private mutating func becomeShort(_ node: QuickNode) {
    var short = beginShort(node.byteCount)
    unsafe memcpy(short.block, node.block + Int(node.start), node.byteCount)
    short.end = UInt32(node.byteCount)
    short.count = node.count
    store(short)
  }

  /// Gives a short list a state, as all changes but those at the ends need.
  mutating func expand() {
    if !isShort { return }
    let node = shortNode
    let state = unsafe QuickListState.make(capacity: 1)
    unsafe QuickListState.insert(node.copy(), at: 0, state)
    unsafe state.pointee.count = Int(node.count)
    freeShort()
    unsafe self.state = unsafe state
  }

  /// Makes a list short again that has become so small, with as much room as gains and losses by turns need.
  mutating func contract() {
    guard let state = unsafe state, nodeCount == 1, unsafe state.pointee.companion == nil else { return }
    let node = unsafe QuickListState.node(state, 0).pointee
    if node.byteCount > Self.shortMax / 2 { return }
    bits = 0
    becomeShort(node)
    unsafe QuickListState.destroy(state)
  }
}
