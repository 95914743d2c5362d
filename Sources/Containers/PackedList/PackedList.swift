// Unsafe: the struct owns one block. All reads of entries go through `locate`, which
// checks that the entry lies between the header and the end, so a wrong index traps.
import CLinux
import Glibc

/// A sequence of byte strings and integers in one contiguous block: the compact encoding of
/// small hashes, lists, sets and sorted sets.
///
/// The struct is an address of six bytes, nil while the list is empty. The block:
///
///     +-----------+---------+---------+-----+---------+-------------+
///     | byteCount | count   | entry   | ... | entry   | free        |
///     | 4 bytes   | 4 bytes | 2 bytes and more        | see below   |
///     +-----------+---------+---------+-----+---------+-------------+
///
/// An entry of a string below 64 bytes has two bytes more than the string; an integer takes 2 to
/// 10 bytes (see PackedEntry.swift). An empty list takes no memory but the pointer; a hash of ten
/// fields "f1" to "f10" with values of five letters has 8 + 41 + 70 bytes, and takes 120.
///
/// Walks in both directions are O(1) a step, a search or an access by position O(n). Changes
/// move what lies behind. The size of a block follows from that of the content alone (`blockSize`):
/// what is needed, rounded to the 8 bytes of the slab heap, and beyond its blocks of 1 KB up by an eighth
/// at most, so that filling a list of several KB is not quadratic. Only the thread that owns the heap
/// may change a list; another may end it. At most 1 GB; more traps.
@safe
@frozen
public struct PackedList: ~Copyable, @unchecked Sendable {
  @usableFromInline var place: ShortPointer

  @inlinable
  var block: UnsafeMutableRawPointer? { unsafe place.address }

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
  public init() { place = ShortPointer() }

  @inlinable deinit { if !place.isNil { free() } }

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

  @inlinable public var isEmpty: Bool { place.isNil }

  /// How many bytes the block takes. O(1).
  public var allocatedByteCount: Int { isEmpty ? 0 : Self.blockSize(byteCount) }

  /// The size of the block for so many bytes of entries.
  static func blockSize(_ byteCount: Int) -> Int {
    let needed = headerCount + byteCount
    if needed <= Heap.largestBlock { return Heap.blockSize(needed) }
    let step = 1 << (Int.bitWidth - 4 - needed.leadingZeroBitCount)
    return (needed + step - 1) & ~(step - 1)
  }

  /// The address of the first entry; only for a list that is not empty.
  @unsafe @inline(__always)
  var entries: UnsafeMutableRawPointer { unsafe block.unsafelyUnwrapped + Self.headerCount }

  /// A list with the same elements in a block of its own. O(byteCount).
  public borrowing func copy() -> PackedList {
    var twin = PackedList()
    guard let block = unsafe block else { return twin }
    let target = unsafe Heap.shared.allocate(Self.blockSize(byteCount))
    unsafe memcpy(target, block, Self.headerCount + byteCount)
    unsafe twin.place = ShortPointer(target)
    return twin
  }

  /// Removes all elements and frees the block.
  public mutating func removeAll() {
    if isEmpty { return }
    free()
    place = ShortPointer()
  }

  /// Gives the block back, of which there is one.
  @usableFromInline
  func free() {
    unsafe Heap.shared.deallocateAnywhere(block.unsafelyUnwrapped, Self.blockSize(byteCount))
  }
}
