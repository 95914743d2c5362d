// Unsafe: the struct owns the state that its pointer leads to.

import Glibc

/// A set of byte strings: the encoding of large sets.
///
/// As `FieldTable`, with blocks that hold a length and a member: 19 bytes take a block of 24, and 11 to 16 bytes
/// of slots. What is said there of threads and of the cost of operations is true here.
@safe
public struct FieldSet: ~Copyable, @unchecked Sendable {
  private let place: ShortPointer

  var state: UnsafeMutablePointer<BlockTable<MemberEntry>> {
    unsafe place.address.unsafelyUnwrapped.assumingMemoryBound(to: BlockTable<MemberEntry>.self)
  }

  /// An empty set with room for `capacity` members, when so many are known to come; more still find theirs.
  public init(capacity: Int = 0) { self.init(BlockTable(hash: fieldHash, heap: .shared, capacity: capacity)) }

  /// An empty set with a hash function and a heap of the caller's choice.
  init(hash: KeyHash, heap: Heap = .shared) { self.init(BlockTable(hash: hash, heap: heap)) }

  init(_ table: consuming BlockTable<MemberEntry>) {
    let state = unsafe BlockTable<MemberEntry>.allocate()
    unsafe state.initialize(to: table)
    unsafe place = ShortPointer(state)
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe Malloc.free(state)
  }

  /// How many members there are. O(1).
  public var count: Int { unsafe state.pointee.entries.count }

  /// Whether there are no members. O(1).
  public var isEmpty: Bool { count == 0 }

  /// Bytes the set takes in all: blocks, slots and state. Exact and O(1).
  public var memoryUse: Int { unsafe state.pointee.memoryUse }

  /// Whether `member` is there. O(1).
  public func contains(_ member: borrowing Bytes) -> Bool { unsafe state.pointee.find(member) != nil }

  /// Adds `member`; false when it is there already. O(1).
  @discardableResult
  public mutating func insert(_ member: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    let hash = unsafe state.pointee.hash(member)
    if unsafe state.pointee.entries.locate(hash, member) != nil { return false }
    unsafe state.pointee.willChange(member, hash)
    let block = unsafe state.pointee.allocate(MemberEntry.leastSize(keyCount: member.count))
    unsafe MemberEntry.store(member, at: block)
    unsafe state.pointee.entries.insert(hash, block)
    return true
  }

  /// Removes `member`; false when it is not there. O(1).
  @discardableResult
  public mutating func remove(_ member: borrowing Bytes) -> Bool {
    let state = unsafe self.state
    return unsafe state.pointee.remove(member)
  }

  /// A set with the same members in blocks of its own. O(count).
  public func copy() -> FieldSet { unsafe FieldSet(state.pointee.copy()) }
}
