// Unsafe: the struct owns one malloc'ed block. All reads of entries go through `locate`, which
// checks that the entry lies between the header and the end, so a wrong index traps.
import CLinux
import Glibc

/// A sequence of byte strings and integers in one contiguous block: the compact encoding of
/// small hashes, lists, sets and sorted sets.
///
/// The struct is one pointer, nil while the list is empty. The block:
///
///     +-----------+---------+---------+-----+---------+-------------+
///     | byteCount | count   | entry   | ... | entry   | free        |
///     | 4 bytes   | 4 bytes | 2 bytes and more        | few bytes   |
///     +-----------+---------+---------+-----+---------+-------------+
///
/// An entry of a string below 64 bytes has two bytes more than the string; an integer takes 2 to
/// 10 bytes (see PackedEntry.swift). An empty list takes no memory but the pointer; a hash of ten
/// fields "f1" to "f10" with values of five letters has 8 + 41 + 70 bytes.
///
/// Walks in both directions are O(1) a step, a search or an access by position O(n). Changes
/// move what lies behind. Blocks are kept to the size needed, rounded to malloc's 16 bytes, and
/// from 1 KB on with an eighth to spare, so that filling a list of several KB is not quadratic.
/// A list may be moved to and freed on another thread. At most 1 GB; more traps.
@safe
@frozen
public struct PackedList: ~Copyable, @unchecked Sendable {
  @usableFromInline var block: UnsafeMutableRawPointer?

  /// The most bytes of entries a list may have.
  public static var byteCountMax: Int { 1 << 30 }

  /// The position of an element, or the end. Valid until the list changes before it; one that
  /// is wrong traps or names another element, but never reaches outside the list.
  @frozen
  public struct Index: Equatable, Comparable, Sendable {
    @usableFromInline let offset: Int32

    @inlinable
    init(offset: Int) { self.offset = Int32(truncatingIfNeeded: offset) }

    @inlinable
    public static func < (left: Index, right: Index) -> Bool { left.offset < right.offset }
  }

  /// An empty list, without a block.
  @inlinable
  public init() { unsafe block = nil }

  @inlinable deinit { unsafe Malloc.free(block) }

  /// The bytes of the header.
  static var headerCount: Int { 8 }

  /// Asks for the cache line that every walk and search reads first.
  @inlinable
  public func prefetch() { if let block = unsafe block { unsafe clinux_prefetch(block) } }

  /// How many bytes the entries have. O(1).
  @inlinable
  public var byteCount: Int {
    guard let block = unsafe block else { return 0 }
    return Int(unsafe block.load(as: UInt32.self))
  }

  /// How many elements there are. O(1).
  @inlinable
  public var count: Int {
    guard let block = unsafe block else { return 0 }
    return Int(unsafe block.load(fromByteOffset: 4, as: UInt32.self))
  }

  @inlinable public var isEmpty: Bool { unsafe block == nil }

  /// How many bytes the allocator gave to the list, its own bookkeeping not counted. O(1).
  public var allocatedByteCount: Int { unsafe malloc_usable_size(block) }

  /// The address of the first entry; only for a list that is not empty.
  @unsafe @inline(__always)
  var entries: UnsafeMutableRawPointer { unsafe block.unsafelyUnwrapped + Self.headerCount }

  /// A list with the same elements in a block of its own. O(byteCount).
  public borrowing func copy() -> PackedList {
    var twin = PackedList()
    guard let block = unsafe block else { return twin }
    let size = Self.headerCount + byteCount
    let target = unsafe Malloc.allocate(size)
    unsafe memcpy(target, block, size)
    unsafe twin.block = target
    return twin
  }

  /// Gives the block to the caller, and leaves the list empty.
  @unsafe
  consuming func release() -> UnsafeMutableRawPointer? {
    let block = unsafe block
    discard self
    return unsafe block
  }

  /// Removes all elements and frees the block.
  public mutating func removeAll() {
    unsafe Malloc.free(block)
    unsafe block = nil
  }
}
