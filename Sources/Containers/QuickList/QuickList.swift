// Unsafe: the struct owns its state and the nodes' blocks; views of elements last until the list changes.

import Glibc

/// A sequence of byte strings with cheap ends: the encoding of lists.
///
///     QuickList --> state | node | node | ... | node       a ring of nodes, 24 bytes each
///     8 bytes               |                              block of packed entries, up to 8 KB by default
///
/// Adding and removing at either end is O(1) and moves nothing: nodes have room on both sides. Reaching a position
/// skips whole nodes, whose counts lie side by side in the ring: a million elements of 17 bytes are 2,300 nodes.
/// Changes in the middle are O(nodes + node). An element too large for a node has one of its own.
///
/// 17 bytes of text take 19 bytes and a fraction; the overhead of a short list is one block of 56 bytes for state and
/// node. A list may be moved to and freed on another thread.
@safe
public struct QuickList: ~Copyable, @unchecked Sendable {
  @usableFromInline var state: UnsafeMutablePointer<QuickListState>?

  /// How large nodes get; the parameter `list-max-listpack-size` of Redis.
  public struct NodeLimit: Sendable {
    let bytes: Int
    let count: Int

    /// -1 to -5 stand for 4, 8, 16, 32 and 64 KB, positive numbers for so many elements in up to 8 KB.
    public init(_ size: Int) {
      if size < 0 {
        bytes = 4096 << (min(-size, 5) - 1) - 8
        count = Int(Int32.max)
      } else {
        bytes = 8192 - 8
        count = min(max(size, 1), Int(Int16.max))
      }
    }

    func allows(_ node: QuickNode, adding size: Int) -> Bool {
      node.byteCount + size <= bytes && Int(node.count) < count
    }
  }

  /// The longest element, bytes: a node's offsets have 32 bits.
  public static var elementMax: Int { (1 << 32) - (1 << 18) }

  /// An empty list, without memory of its own.
  public init() { unsafe state = nil }

  deinit { unsafe QuickListState.destroy(state) }

  /// How many elements there are. O(1).
  @inlinable public var count: Int { unsafe state?.pointee.count ?? 0 }

  /// Whether there are no elements. O(1).
  @inlinable public var isEmpty: Bool { unsafe state == nil }

  /// How many nodes there are. O(1).
  public var nodeCount: Int { unsafe state.map { unsafe Int($0.pointee.used) } ?? 0 }

  /// Bytes the list takes beside the struct. O(1).
  public var memoryUse: Int {
    guard let state = unsafe state else { return 0 }
    return unsafe state.pointee.blockBytes + QuickListState.size(Int(state.pointee.capacity)) + 8
  }

  /// The first element; nil in an empty list. O(1).
  public var first: PackedElement? {
    @_lifetime(borrow self) get {
      guard let state = unsafe state else { return nil }
      let node = unsafe QuickListState.node(state, 0)
      return unsafe _overrideLifetime(node.pointee.element(at: Int(node.pointee.start)), borrowing: self)
    }
  }

  /// The last element; nil in an empty list. O(1).
  public var last: PackedElement? {
    @_lifetime(borrow self) get {
      guard let state = unsafe state else { return nil }
      let node = unsafe QuickListState.node(state, Int(state.pointee.used) - 1)
      let offset = unsafe node.pointee.entryStart(before: Int(node.pointee.end))
      return unsafe _overrideLifetime(node.pointee.element(at: offset), borrowing: self)
    }
  }

  /// The element at `position`, nil when there is none. O(nodes + elements of a node).
  @_lifetime(borrow self)
  public func element(at position: Int) -> PackedElement? {
    guard let state = unsafe state, position >= 0 && position < count else { return nil }
    let place = unsafe QuickListState.locate(position, state)
    let node = unsafe QuickListState.node(state, place.node)
    let element = unsafe node.pointee.element(at: node.pointee.offset(of: place.position))
    return unsafe _overrideLifetime(element, borrowing: self)
  }

  /// A list with the same elements in blocks of its own. O(bytes).
  public func copy() -> QuickList {
    var twin = QuickList()
    guard let state = unsafe state else { return twin }
    let copy = unsafe QuickListState.make(capacity: Int(state.pointee.capacity))
    for number in 0..<nodeCount {
      unsafe QuickListState.insert(QuickListState.node(state, number).pointee.copy(), at: number, copy)
    }
    unsafe copy.pointee.count = count
    unsafe twin.state = unsafe copy
    return twin
  }
}
