// Unsafe: a node is a block of raw memory; whoever calls stays below its count, and the count below the capacity.

import Glibc

/// A node of an identifier tree: identifiers in order, each with a value. A handle that is free to copy.
///
///     count | capacity | next | previous | identifiers | values
///     4       4          8      8          16 each       0 to 24 each      1024 bytes at most
///
/// In a branch the values are the addresses of children, and each identifier bounds its child from below; only leaves
/// have neighbours.
@safe
struct IdentifierNode<Value: BitwiseCopyable>: Equatable {
  static var headerSize: Int { 24 }
  static var valueSize: Int { MemoryLayout<Value>.size }
  /// As many as a block of the heap has room for.
  static var largestCapacity: Int { (Heap.largestBlock - headerSize) / (16 + valueSize) }
  static func byteCount(_ capacity: Int) -> Int { headerSize + capacity * (16 + valueSize) }

  let start: UnsafeMutableRawPointer

  @unsafe
  init(_ start: UnsafeMutableRawPointer) { unsafe self.start = start }

  /// A new node without entries.
  init(_ heap: Heap, capacity: Int) {
    unsafe start = heap.allocate(Self.byteCount(capacity))
    unsafe start.storeBytes(of: 0, as: Int32.self)
    unsafe start.storeBytes(of: Int32(capacity), toByteOffset: 4, as: Int32.self)
    next = nil
    previous = nil
  }

  static func == (left: IdentifierNode, right: IdentifierNode) -> Bool { unsafe left.start == right.start }

  var count: Int {
    @inline(__always) get { Int(unsafe start.load(as: Int32.self)) }
    nonmutating set { unsafe start.storeBytes(of: Int32(newValue), as: Int32.self) }
  }

  var capacity: Int { @inline(__always) get { Int(unsafe start.load(fromByteOffset: 4, as: Int32.self)) } }
  var byteCount: Int { Self.byteCount(capacity) }
  var isFull: Bool { count == capacity }
  var isEmpty: Bool { count == 0 }

  var next: IdentifierNode? {
    get { unsafe start.load(fromByteOffset: 8, as: UnsafeMutableRawPointer?.self).map { unsafe IdentifierNode($0) } }
    nonmutating set { unsafe start.storeBytes(of: newValue?.start, toByteOffset: 8, as: UnsafeMutableRawPointer?.self) }
  }

  var previous: IdentifierNode? {
    get { unsafe start.load(fromByteOffset: 16, as: UnsafeMutableRawPointer?.self).map { unsafe IdentifierNode($0) } }
    nonmutating set {
      unsafe start.storeBytes(of: newValue?.start, toByteOffset: 16, as: UnsafeMutableRawPointer?.self)
    }
  }

  @unsafe private var identifiers: UnsafeMutablePointer<StreamID> {
    unsafe (start + Self.headerSize).assumingMemoryBound(to: StreamID.self)
  }
  @unsafe private var values: UnsafeMutableRawPointer { unsafe start + Self.headerSize + capacity * 16 }

  @inline(__always)
  func identifier(_ index: Int) -> StreamID {
    assert(index >= 0 && index < count, "no such entry")
    return unsafe identifiers[index]
  }

  func setIdentifier(_ index: Int, _ id: StreamID) { unsafe identifiers[index] = id }

  @inline(__always)
  func value(_ index: Int) -> Value {
    assert(index >= 0 && index < count, "no such entry")
    return unsafe values.load(fromByteOffset: index * Self.valueSize, as: Value.self)
  }

  func setValue(_ index: Int, _ value: Value) {
    assert(index >= 0 && index < count, "no such entry")
    unsafe values.storeBytes(of: value, toByteOffset: index * Self.valueSize, as: Value.self)
  }

  /// How many entries stand before `id`, or, when `isBehind`, before and at it.
  @inline(__always)
  func position(_ id: StreamID, isBehind: Bool = false) -> Int {
    let identifiers = unsafe self.identifiers
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      let isLower = unsafe isBehind ? identifiers[middle] <= id : identifiers[middle] < id
      if isLower { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The child of a branch that holds `id`, or would.
  @inline(__always)
  func child(_ id: StreamID) -> Int { Swift.max(0, position(id, isBehind: true) - 1) }

  func insert(_ id: StreamID, _ value: Value, at index: Int) {
    assert(!isFull && index <= count, "no room for an entry")
    let behind = count - index
    if behind > 0 {
      unsafe memmove(identifiers + index + 1, identifiers + index, behind * 16)
      let place = unsafe values + index * Self.valueSize
      unsafe memmove(place + Self.valueSize, place, behind * Self.valueSize)
    }
    unsafe identifiers[index] = id
    count += 1
    setValue(index, value)
  }

  func remove(_ index: Int) {
    let behind = count - index - 1
    unsafe memmove(identifiers + index, identifiers + index + 1, behind * 16)
    let place = unsafe values + index * Self.valueSize
    unsafe memmove(place, place + Self.valueSize, behind * Self.valueSize)
    count -= 1
  }

  /// Copies the entries from `index` on behind those of `other`.
  func copyTail(from index: Int, to other: IdentifierNode) {
    let moved = count - index
    assert(moved + other.count <= other.capacity, "no room for entries")
    unsafe memcpy(other.identifiers + other.count, identifiers + index, moved * 16)
    unsafe memcpy(
      other.values + other.count * Self.valueSize, values + index * Self.valueSize, moved * Self.valueSize)
    other.count += moved
  }
}
