// Unsafe: a node is a block of raw memory that only this file and its neighbours read and write; offsets that are
// handed about are those of items.

import Glibc

/// Some dozens of consecutive entries of a stream in one block. A handle that is free to copy.
///
///     first id | end | capacity | live | deleted | fields | first item | listpack bytes | walk | names | items
///     16         4     4          4      4         4        4            4                4
///
///     item     | size | flags | time | sequence | [fields] | [name] value ... | size |
///
/// Times and sequences are differences to the first identifier, sizes those of what stands between the two. An item
/// whose fields have the names that the node begins with, as nearly all have, gives their values alone. Names and
/// values are entries of packed lists without their backlens. Deleted items stay, flagged, until the last one goes.
///
/// `listpackBytes` is what the same items take in a listpack of Redis: where nodes end shows in replies, as of XTRIM,
/// and follows from it.
@safe
struct StreamNode: Equatable {
  static var headerSize: Int { 48 }
  static var isDeletedFlag: UInt8 { 1 }
  static var hasSameFieldsFlag: UInt8 { 2 }

  let start: UnsafeMutableRawPointer

  @unsafe
  init(_ start: UnsafeMutableRawPointer) { unsafe self.start = start }

  /// The node whose address a tree holds.
  init(bits: UInt) { unsafe start = UnsafeMutableRawPointer(bitPattern: bits).unsafelyUnwrapped }
  var bits: UInt { UInt(bitPattern: unsafe start) }

  static func == (left: StreamNode, right: StreamNode) -> Bool { unsafe left.start == right.start }

  @inline(__always)
  private func load(_ offset: Int) -> Int { Int(unsafe start.load(fromByteOffset: offset, as: UInt32.self)) }
  @inline(__always)
  private func store(_ value: Int, _ offset: Int) {
    unsafe start.storeBytes(of: UInt32(truncatingIfNeeded: value), toByteOffset: offset, as: UInt32.self)
  }

  /// The identifier that the items' are told from, which is that of the first.
  var firstID: StreamID { unsafe start.load(as: StreamID.self) }

  /// The offset behind the last item.
  var end: Int {
    get { load(16) }
    nonmutating set { store(newValue, 16) }
  }
  /// Bytes of the block.
  var capacity: Int {
    get { load(20) }
    nonmutating set { store(newValue, 20) }
  }
  /// Items that are not deleted.
  var live: Int {
    get { load(24) }
    nonmutating set { store(newValue, 24) }
  }
  /// Items that are.
  var deleted: Int {
    get { load(28) }
    nonmutating set { store(newValue, 28) }
  }
  /// How many names the node begins with.
  var fieldCount: Int { load(32) }
  /// The offset of the first item.
  var firstItem: Int { load(36) }
  /// Bytes of names and items in a listpack, its head and the two counts not included.
  var contentBytes: Int {
    get { load(40) }
    nonmutating set { store(newValue, 40) }
  }
  /// The number of the last walk that needs nothing more of the node.
  var walk: UInt32 {
    get { unsafe start.load(fromByteOffset: 44, as: UInt32.self) }
    nonmutating set { unsafe start.storeBytes(of: newValue, toByteOffset: 44, as: UInt32.self) }
  }

  /// Bytes of the listpack that Redis would keep the node in.
  var listpackBytes: Int { 7 + Self.listpackSize(live) + Self.listpackSize(deleted) + contentBytes }

  /// Bytes that an integer takes in a listpack.
  static func listpackSize(_ value: Int) -> Int { PackedHead(Int64(value)).entryCount }

  // MARK: Blocks

  /// A new node without items, for `fieldCount` names in `nameBytes` bytes, with room for an item.
  init(_ heap: Heap, _ id: StreamID, fieldCount: Int, nameBytes: Int, room: Int, walk: UInt32) {
    let end = Self.headerSize + nameBytes
    let capacity = Heap.blockSize(end + room)
    unsafe start = heap.allocate(capacity)
    unsafe start.storeBytes(of: id, as: StreamID.self)
    self.end = end
    self.capacity = capacity
    live = 0
    deleted = 0
    store(fieldCount, 32)
    store(end, 36)
    contentBytes = 0
    self.walk = walk
  }

  /// A node with the same content in a block of its own, no larger than needed.
  func copy(_ heap: Heap) -> StreamNode {
    let capacity = Heap.blockSize(end)
    let twin = unsafe StreamNode(heap.allocate(capacity))
    unsafe memcpy(twin.start, start, end)
    twin.capacity = capacity
    return twin
  }

  /// The node with room for `bytes` more, in another block if need be: a quarter larger, so that filling it is not
  /// quadratic.
  func withRoom(_ bytes: Int, _ heap: Heap) -> StreamNode {
    let needed = end + bytes
    if needed <= capacity { return self }
    return resized(Heap.blockSize((needed + needed / 4 + 15) & ~15), heap)
  }

  /// The node in a block that is no larger than it needs.
  func trimmed(_ heap: Heap) -> StreamNode {
    let needed = Heap.blockSize(end)
    return needed + 16 > capacity ? self : resized(needed, heap)
  }

  private func resized(_ capacity: Int, _ heap: Heap) -> StreamNode {
    let moved = unsafe StreamNode(heap.allocate(capacity))
    unsafe memcpy(moved.start, start, end)
    unsafe heap.deallocate(start, self.capacity)
    moved.capacity = capacity
    return moved
  }

  func free(_ heap: Heap) { unsafe heap.deallocate(start, capacity) }

  /// Gives the block back from whatever thread.
  func freeAnywhere(_ heap: Heap, isOwner: Bool) {
    if isOwner { unsafe heap.deallocate(start, capacity) } else { unsafe heap.deallocateRemotely(start, capacity) }
  }
}
