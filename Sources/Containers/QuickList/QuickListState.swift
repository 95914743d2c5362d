// Unsafe: the state is followed by its ring of nodes in one malloc'ed block; node numbers are checked against `used`.

import Glibc

/// What a quick list's pointer leads to: counts, and a ring of nodes behind them.
@usableFromInline
struct QuickListState {
  /// Elements in all nodes.
  @usableFromInline var count: Int
  /// Bytes of the nodes' blocks, as the allocator counts them.
  var blockBytes: Int
  /// Where the first node is in the ring.
  var head: Int32
  /// Nodes in use.
  var used: Int32
  /// Nodes there is room for; a power of two.
  var capacity: Int32
  /// See `QuickList.companion`. With one there may be a state without nodes.
  @usableFromInline var companion: QuickListCompanion?

  static func size(_ capacity: Int) -> Int {
    MemoryLayout<QuickListState>.stride + capacity * MemoryLayout<QuickNode>.stride
  }

  @unsafe
  static func make(capacity: Int) -> UnsafeMutablePointer<QuickListState> {
    let block = unsafe Malloc.allocate(size(capacity))
    let state = unsafe block.bindMemory(to: QuickListState.self, capacity: 1)
    unsafe state.initialize(
      to: QuickListState(count: 0, blockBytes: 0, head: 0, used: 0, capacity: Int32(capacity)))
    return unsafe state
  }

  @unsafe
  static func destroy(_ state: UnsafeMutablePointer<QuickListState>?) {
    guard let state = unsafe state else { return }
    for number in unsafe 0..<Int(state.pointee.used) { unsafe node(state, number).pointee.free() }
    unsafe free(state)
  }

  /// Frees the state itself.
  @unsafe
  private static func free(_ state: UnsafeMutablePointer<QuickListState>) {
    unsafe state.deinitialize(count: 1)
    unsafe Malloc.free(state)
  }

  @unsafe @inline(__always)
  static func node(_ state: UnsafeMutablePointer<QuickListState>, _ number: Int) -> UnsafeMutablePointer<QuickNode> {
    assert(unsafe number >= 0 && number < Int(state.pointee.used), "quick list node out of range")
    let slot = unsafe (Int(state.pointee.head) &+ number) & (Int(state.pointee.capacity) &- 1)
    return unsafe slots(state) + slot
  }

  @unsafe @inline(__always)
  private static func slots(_ state: UnsafeMutablePointer<QuickListState>) -> UnsafeMutablePointer<QuickNode> {
    unsafe UnsafeMutableRawPointer(state + 1).assumingMemoryBound(to: QuickNode.self)
  }

  /// Makes room for one more node, twice as many as before; the state moves.
  @unsafe
  static func grow(_ state: UnsafeMutablePointer<QuickListState>) -> UnsafeMutablePointer<QuickListState> {
    let used = unsafe Int(state.pointee.used)
    if unsafe used < Int(state.pointee.capacity) { return unsafe state }
    return unsafe resize(state, used * 2)
  }

  @unsafe
  private static func resize(
    _ state: UnsafeMutablePointer<QuickListState>, _ capacity: Int
  ) -> UnsafeMutablePointer<QuickListState> {
    let larger = unsafe make(capacity: capacity)
    let used = unsafe Int(state.pointee.used)
    for number in 0..<used { unsafe (slots(larger) + number).initialize(to: node(state, number).pointee) }
    unsafe larger.pointee.count = state.pointee.count
    unsafe larger.pointee.blockBytes = state.pointee.blockBytes
    unsafe larger.pointee.used = Int32(used)
    unsafe larger.pointee.companion = state.pointee.companion
    unsafe free(state)
    return unsafe larger
  }

  /// Puts a node before the one of this number; there is room for it.
  @unsafe
  static func insert(_ new: QuickNode, at number: Int, _ state: UnsafeMutablePointer<QuickListState>) {
    let used = unsafe Int(state.pointee.used)
    unsafe state.pointee.used += 1
    unsafe state.pointee.blockBytes += new.allocatedBytes
    if number < used - number {
      // The nodes before it move one place to the front.
      unsafe state.pointee.head = (state.pointee.head &- 1) & (state.pointee.capacity &- 1)
      for index in 0..<number { unsafe node(state, index).pointee = node(state, index + 1).pointee }
    } else {
      for index in stride(from: used, to: number, by: -1) {
        unsafe node(state, index).pointee = node(state, index - 1).pointee
      }
    }
    unsafe node(state, number).initialize(to: new)
  }

  /// Frees the blocks of some nodes, unless they have gone elsewhere, and takes the nodes out of the ring, which
  /// shrinks when it is mostly empty. The caller keeps `count`.
  @unsafe
  static func remove(
    _ range: Range<Int>, _ state: UnsafeMutablePointer<QuickListState>, freesBlocks: Bool = true
  ) -> UnsafeMutablePointer<QuickListState>? {
    for number in range {
      let node = unsafe node(state, number)
      unsafe state.pointee.blockBytes -= node.pointee.allocatedBytes
      if freesBlocks { unsafe node.pointee.free() }
    }
    let used = unsafe Int(state.pointee.used)
    let left = used - range.count
    if unsafe left == 0 && state.pointee.companion == nil {
      unsafe free(state)
      return nil
    }
    if range.lowerBound < used - range.upperBound {
      for index in stride(from: range.lowerBound - 1, through: 0, by: -1) {
        unsafe node(state, index + range.count).pointee = node(state, index).pointee
      }
      let mask = unsafe state.pointee.capacity &- 1
      unsafe state.pointee.head = (state.pointee.head &+ Int32(range.count)) & mask
    } else {
      for index in range.upperBound..<used {
        unsafe node(state, index - range.count).pointee = node(state, index).pointee
      }
    }
    unsafe state.pointee.used = Int32(left)
    let capacity = unsafe Int(state.pointee.capacity)
    return unsafe capacity > 4 && left * 4 <= capacity ? resize(state, capacity / 2) : state
  }
}

extension QuickListState {
  /// Where an element is: the number of its node, and its position there.
  struct Location {
    var node: Int
    var position: Int
  }

  /// Where the element at `position` is, by the counts of the nodes from the nearer end.
  @unsafe
  static func locate(_ position: Int, _ state: UnsafeMutablePointer<QuickListState>) -> Location {
    var rest = position
    if unsafe position < state.pointee.count / 2 {
      var number = 0
      while true {
        let count = unsafe Int(node(state, number).pointee.count)
        if rest < count { return Location(node: number, position: rest) }
        rest -= count
        number += 1
      }
    }
    rest = unsafe state.pointee.count - position
    var number = unsafe Int(state.pointee.used) - 1
    while true {
      let count = unsafe Int(node(state, number).pointee.count)
      if rest <= count { return Location(node: number, position: count - rest) }
      rest -= count
      number -= 1
    }
  }
}
