// Unsafe: the struct owns one block of the heap; every element is read below `count` and written below `capacity`.

import CLinux
import Glibc

/// A set of integers in one block, sorted: the encoding of small sets of integers.
///
/// The struct is an address of six bytes, nil while the set is empty. The block:
///
///     +---------------------------------------------+---------+---------+-----+------+
///     | count: 32 bits | size: 30 bits | width: 2   | element | element | ... | free |
///     | 8 bytes                                     | 2, 4 or 8 bytes each    |      |
///     +---------------------------------------------+---------+---------+-----+------+
///
/// All elements are as wide as the widest has needed so far: 16, 32 or 64 bits. The size is the block's, in units of
/// 8 bytes, which is what the heap rounds to: five small integers take a block of 24 bytes. Blocks of more than 1 KB,
/// which are malloc's, have an eighth to spare, so that filling one is not quadratic.
///
/// Searching is O(log count), a change moves what lies behind: O(count). A set may be moved to and freed on another
/// thread; only the one that owns the heap may change it. At most 2^30 elements; more traps.
@safe
@frozen
public struct IntegerSet: ~Copyable, @unchecked Sendable {
  @usableFromInline var place: ShortPointer

  @inlinable
  var block: UnsafeMutableRawPointer? { unsafe place.address }

  /// How wide elements are.
  enum Width: UInt64 {
    case bits16, bits32, bits64

    /// The narrowest that can hold `value`.
    init(_ value: Int64) {
      if Int16(exactly: value) != nil {
        self = .bits16
      } else {
        self = Int32(exactly: value) != nil ? .bits32 : .bits64
      }
    }

    /// Bytes of an element.
    var byteCount: Int { 2 << Int(rawValue) }
  }

  /// The most elements a set may have.
  public static var countMax: Int { 1 << 30 }

  /// An empty set, without a block.
  @inlinable
  public init() { place = ShortPointer() }

  deinit { free() }

  /// How many integers there are. O(1).
  @inlinable
  public var count: Int {
    guard let block = unsafe block else { return 0 }
    return Int(unsafe block.load(as: UInt32.self))
  }

  /// Whether there are no integers. O(1).
  @inlinable public var isEmpty: Bool { place.isNil }

  /// Bytes of the block. O(1).
  public var memoryUse: Int { isEmpty ? 0 : Heap.blockSize(byteCount) }

  /// The integer at a position of the ascending order. O(1).
  public subscript(position: Int) -> Int64 {
    precondition(position >= 0 && position < count, "integer set position out of range")
    return load(position, width)
  }

  /// Whether `value` is there. O(log count).
  public func contains(_ value: Int64) -> Bool { find(value).isThere }

  /// Asks for the cache line that a search reads first.
  public func prefetch() { if let block = unsafe block { unsafe clinux_prefetch(block) } }

  /// A set with the same integers in a block of its own. O(count).
  public func copy() -> IntegerSet {
    var twin = IntegerSet()
    if let block = unsafe block {
      let size = byteCount
      let target = unsafe Heap.shared.allocate(size)
      unsafe memcpy(target, block, Self.headerCount + count * width.byteCount)
      unsafe twin.place = ShortPointer(target)
    }
    return twin
  }

  /// Visits all integers in ascending order. O(count).
  public func forEach(_ visit: (Int64) -> Void) {
    let width = self.width
    for position in 0..<count { visit(load(position, width)) }
  }
}

extension IntegerSet {
  static var headerCount: Int { 8 }

  /// The header, of a set that has a block.
  private var header: UInt64 { unsafe block.unsafelyUnwrapped.load(as: UInt64.self) }

  /// Bytes of the block, as the heap was asked for.
  var byteCount: Int { Int(header >> 32 & 0x3fff_ffff) * 8 }

  /// How wide elements are at present.
  var width: Width { isEmpty ? .bits16 : Width(rawValue: header >> 62) ?? .bits64 }

  /// Elements that find room in the block.
  var capacity: Int { isEmpty ? 0 : (byteCount - Self.headerCount) / width.byteCount }

  func setHeader(count: Int, byteCount: Int, _ width: Width) {
    let word = UInt64(count) | UInt64(byteCount / 8) << 32 | width.rawValue << 62
    unsafe block.unsafelyUnwrapped.storeBytes(of: word, as: UInt64.self)
  }

  @unsafe
  var elements: UnsafeMutableRawPointer { unsafe block.unsafelyUnwrapped + Self.headerCount }

  /// The element at a position, which is below `count`; `width` is that of the set.
  @inline(__always)
  func load(_ position: Int, _ width: Width) -> Int64 {
    switch width {
    case .bits16: unsafe Int64(elements.load(fromByteOffset: position &* 2, as: Int16.self))
    case .bits32: unsafe Int64(elements.load(fromByteOffset: position &* 4, as: Int32.self))
    case .bits64: unsafe elements.load(fromByteOffset: position &* 8, as: Int64.self)
    }
  }

  /// Writes the element at a position, which is below `capacity`.
  @inline(__always)
  func store(_ value: Int64, _ position: Int, _ width: Width) {
    switch width {
    case .bits16:
      unsafe elements.storeBytes(of: Int16(truncatingIfNeeded: value), toByteOffset: position &* 2, as: Int16.self)
    case .bits32:
      unsafe elements.storeBytes(of: Int32(truncatingIfNeeded: value), toByteOffset: position &* 4, as: Int32.self)
    case .bits64: unsafe elements.storeBytes(of: value, toByteOffset: position &* 8, as: Int64.self)
    }
  }

  /// The position of `value`, or where it would be inserted.
  func find(_ value: Int64) -> (position: Int, isThere: Bool) {
    let position = lowerBound(value, from: 0)
    return (position, position < count && load(position, width) == value)
  }

  /// The first position from `start` on whose element is not below `value`.
  ///
  /// Halves the range without a branch on what it compares: which half it is cannot be predicted.
  func lowerBound(_ value: Int64, from start: Int) -> Int {
    let width = self.width
    var first = start
    var length = count - start
    while length > 0 {
      let half = length >> 1
      let isBelow = load(first + half, width) < value
      first = isBelow ? first + half + 1 : first
      length = isBelow ? length - half - 1 : half
    }
    return first
  }

  /// Gives the block back, on the heap's thread or another.
  func free() {
    if let block = unsafe block { unsafe Heap.shared.deallocateAnywhere(block, byteCount) }
  }
}
