// Unsafe: the struct owns its state and the nodes' blocks; views of elements last until the list changes.

import Glibc

/// A sequence of byte strings with cheap ends: the encoding of lists.
///
///     QuickList --> state | node | node | ... | node       a ring of nodes, 24 bytes each
///     8 bytes               |                              block of packed entries, up to 8 KB by default
///
///     QuickList --> header | entries                       a short list, of at most 504 bytes of entries
///
/// Adding and removing at either end is O(1) and moves nothing: nodes have room on both sides. Reaching a position
/// skips whole nodes, whose counts lie side by side in the ring: a million elements of 17 bytes are 2,300 nodes.
/// Changes in the middle are O(nodes + node). An element too large for a node has one of its own.
///
/// 17 bytes of text take 19 bytes and a fraction; the overhead of a short list is a header of 8 bytes
/// (QuickList+Short.swift), of others a block of 72 bytes for state and node. Only the thread that owns the heap may
/// change a list; another may end it.
@safe
public struct QuickList: ~Copyable, @unchecked Sendable {
  /// The address of the state, or of a short list's block with bit 0 set; 0 while the list is empty.
  @usableFromInline var bits: UInt = 0

  @inlinable var isShort: Bool { bits & 1 != 0 }

  /// The state of a list that is neither empty nor short.
  @usableFromInline
  var state: UnsafeMutablePointer<QuickListState>? {
    @inline(__always) get {
      assert(!isShort, "a short list has no state")
      return unsafe UnsafeMutablePointer(bitPattern: bits)
    }
    set { bits = UInt(bitPattern: newValue) }
  }

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
  public init() {}

  deinit {
    if isShort { freeShort() } else { unsafe QuickListState.destroy(state) }
  }

  /// How many elements there are. O(1).
  @inlinable public var count: Int { isShort ? shortCount : unsafe state?.pointee.count ?? 0 }

  /// Whether there are no elements. O(1).
  @inlinable public var isEmpty: Bool { bits == 0 || count == 0 }

  /// How many nodes there are. O(1).
  public var nodeCount: Int { isShort ? 1 : unsafe state.map { unsafe Int($0.pointee.used) } ?? 0 }

  /// Bytes the list takes beside the struct. O(1).
  public var memoryUse: Int {
    if isShort { return Self.shortHeader + Int(shortNode.capacity) }
    guard let state = unsafe state else { return 0 }
    return unsafe state.pointee.blockBytes + QuickListState.size(Int(state.pointee.capacity)) + 8
  }

  /// Whether there is a companion. O(1).
  @inlinable public var isAccompanied: Bool { unsafe !isShort && state?.pointee.companion != nil }

  /// What accompanies the list, of the owner's choice: told of nothing, it only stays with it, also while it is empty.
  public var companion: QuickListCompanion? {
    get { isShort ? nil : unsafe state?.pointee.companion }
    set {
      if newValue == nil && companion == nil { return }
      expand()
      if unsafe state == nil { unsafe state = unsafe QuickListState.make(capacity: 1) }
      guard let state = unsafe state else { return }
      unsafe state.pointee.companion = newValue
      if newValue != nil { return }
      if count == 0 {
        unsafe QuickListState.destroy(state)
        bits = 0
      }
    }
  }

  /// A node of the list, by its number.
  @inline(__always)
  func node(_ number: Int) -> QuickNode {
    isShort ? shortNode : unsafe QuickListState.node(state.unsafelyUnwrapped, number).pointee
  }

  /// Where an element is.
  @inline(__always)
  func locate(_ position: Int) -> QuickListState.Location {
    isShort
      ? QuickListState.Location(node: 0, position: position)
      : unsafe QuickListState.locate(position, state.unsafelyUnwrapped)
  }

  /// The first element; nil in an empty list. O(1).
  public var first: PackedElement? {
    @_lifetime(borrow self) get {
      if !isShort {
        guard let state = unsafe state, unsafe state.pointee.used > 0 else { return nil }
        let node = unsafe QuickListState.node(state, 0)
        return unsafe _overrideLifetime(node.pointee.element(at: Int(node.pointee.start)), borrowing: self)
      }
      let node = shortNode
      return unsafe _overrideLifetime(node.element(at: Int(node.start)), borrowing: self)
    }
  }

  /// The last element; nil in an empty list. O(1).
  public var last: PackedElement? {
    @_lifetime(borrow self) get {
      if !isShort {
        guard let state = unsafe state, unsafe state.pointee.used > 0 else { return nil }
        let node = unsafe QuickListState.node(state, Int(state.pointee.used) - 1)
        let offset = unsafe node.pointee.entryStart(before: Int(node.pointee.end))
        return unsafe _overrideLifetime(node.pointee.element(at: offset), borrowing: self)
      }
      let node = shortNode
      return unsafe _overrideLifetime(node.element(at: node.entryStart(before: Int(node.end))), borrowing: self)
    }
  }

  /// The element at `position`, nil when there is none. O(nodes + elements of a node).
  @_lifetime(borrow self)
  public func element(at position: Int) -> PackedElement? {
    guard position >= 0 && position < count else { return nil }
    let place = locate(position)
    let node = node(place.node)
    return unsafe _overrideLifetime(node.element(at: node.offset(of: place.position)), borrowing: self)
  }

  /// A list with the same elements in blocks of its own, and without a companion. O(bytes).
  public func copy() -> QuickList {
    if isShort { return copyShort() }
    var twin = QuickList()
    guard let state = unsafe state, count > 0 else { return twin }
    let copy = unsafe QuickListState.make(capacity: Int(state.pointee.capacity))
    for number in 0..<nodeCount {
      unsafe QuickListState.insert(QuickListState.node(state, number).pointee.copy(), at: number, copy)
    }
    unsafe copy.pointee.count = count
    unsafe twin.state = unsafe copy
    return twin
  }
}

/// What the owner of a quick list keeps with it.
open class QuickListCompanion {
  public init() {}
}
