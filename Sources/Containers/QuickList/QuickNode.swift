// Unsafe: a node is a block of raw memory with entries between two offsets. Every change goes through `splice`,
// which keeps the offsets true; entries are walked from `start` to `end` only, where this file wrote them.

import CLinux
import Glibc

/// One node of a quick list: packed entries (see PackedEntry.swift) with room before and behind them.
///
///     block   free | entry | entry | ... | entry | free
///             0    start                         end    capacity
///
/// An element is added or removed at either end without moving the others. The list owns the block; the struct itself
/// is moved about as bytes.
@safe
struct QuickNode {
  var block: UnsafeMutableRawPointer
  var start: UInt32
  var end: UInt32
  var capacity: UInt32
  /// How many entries there are.
  var count: UInt32

  /// The node of entries between two offsets of a block.
  @inline(__always)
  init(block: UnsafeMutableRawPointer, start: UInt32, end: UInt32, capacity: UInt32, count: UInt32) {
    unsafe self.block = unsafe block
    (self.start, self.end, self.capacity, self.count) = (start, end, capacity, count)
  }

  /// A node without entries and with room for `capacity` bytes.
  init(capacity: Int) {
    let block = unsafe Malloc.allocate(capacity)
    unsafe self.block = unsafe block
    self.capacity = UInt32(unsafe malloc_usable_size(block))
    (start, end, count) = (0, 0, 0)
  }

  /// Bytes of the entries.
  var byteCount: Int { Int(end &- start) }

  /// Bytes that the block takes, with the allocator's word.
  var allocatedBytes: Int { Int(capacity) + 8 }

  /// A node with the same entries and no room to spare.
  func copy() -> QuickNode {
    var twin = QuickNode(capacity: max(1, byteCount))
    unsafe memcpy(twin.block, block + Int(start), byteCount)
    twin.end = UInt32(byteCount)
    twin.count = count
    return twin
  }

  func free() { unsafe Malloc.free(block) }

  // MARK: Walking

  /// The bytes of the entry at `offset`.
  @inline(__always)
  func entryCount(_ offset: Int) -> Int {
    let tag = unsafe block.load(fromByteOffset: offset, as: UInt8.self)
    // Short strings and numbers have one byte of head and one of backlen.
    if tag < 0xc0 { return 2 &+ (tag < 0x80 ? 0 : Int(tag & 0x3f)) }
    let (head, payload) = unsafe packedHeadAndPayload(block + offset, available: Int(end) - offset)
    return head + payload + backlenCount(head + payload)
  }

  /// The offset of the entry that ends at `offset`.
  @inline(__always)
  func entryStart(before offset: Int) -> Int {
    let body = unsafe bodyCount(before: block + offset, available: offset - Int(start))
    return offset - backlenCount(body) - body
  }

  /// The offset of the entry number `position`, from the nearer end; the end for as many as there are.
  func offset(of position: Int) -> Int {
    if position <= Int(count) / 2 {
      var offset = Int(start)
      for _ in 0..<position { offset += entryCount(offset) }
      return offset
    }
    var offset = Int(end)
    for _ in position..<Int(count) { offset = entryStart(before: offset) }
    return offset
  }

  /// The element whose entry is at `offset`; valid until the node changes.
  @unsafe @inline(__always) @_lifetime(immortal)
  func element(at offset: Int) -> PackedElement {
    let address = unsafe UnsafeRawPointer(block + offset)
    let tag = unsafe address.load(as: UInt8.self)
    if tag & 0xc0 == 0x80 { return unsafe .bytes(Bytes(unsafeStart: address + 1, count: Int(tag & 0x3f))) }
    let (head, payload) = unsafe packedHeadAndPayload(address, available: Int(end) - offset)
    if tag & 0xf0 == 0xe0 || tag == 0xf0 { return unsafe .bytes(Bytes(unsafeStart: address + head, count: payload)) }
    return .integer(unsafe packedInteger(address, tag: tag, restCount: head - 1))
  }

  /// Whether the entry at `offset` is `text`, whose head is `wanted`.
  @inline(__always)
  func holds(_ text: borrowing Bytes, _ wanted: PackedHead, at offset: Int) -> Bool {
    let address = unsafe UnsafeRawPointer(block + offset)
    guard unsafe wanted.matches(address) else { return false }
    let payload = wanted.payloadCount
    return unsafe payload == 0 || memcmp(address + 1 + wanted.restCount, text.baseAddress, payload) == 0
  }
}
