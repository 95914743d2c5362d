// Unsafe: the struct owns the state that its pointer leads to, and hands out views of blocks that
// last until the table changes.

import Glibc

/// A map from byte strings to byte strings: the encoding of large hashes.
///
///     FieldTable --> state --> buckets of eight slots --> block [lengths | field | value]
///     6 bytes        malloc    HashTable                  one per field, of the slab heap (FieldBlock.swift)
///
/// A field of 15 bytes with a value of 10 takes a block of 32 bytes and 11 to 16 bytes of slots. A new value
/// is written into the block of the old one where the heap would serve both with the same size.
///
/// Finding, setting and removing are O(1); the slots grow and shrink a few buckets at a time, so that
/// no change takes long. Only the thread that owns the heap may change a table. Another may end it: its
/// blocks then return to the owner by `Heap.collectRemote`.
@safe
public struct FieldTable: ~Copyable, @unchecked Sendable {
  private let place: ShortPointer

  var state: UnsafeMutablePointer<BlockTable<FieldEntry>> {
    unsafe place.address.unsafelyUnwrapped.assumingMemoryBound(to: BlockTable<FieldEntry>.self)
  }

  /// An empty table with room for `capacity` fields, when so many are known to come; more still find theirs.
  public init(capacity: Int = 0) { self.init(BlockTable(hash: fieldHash, heap: .shared, capacity: capacity)) }

  /// An empty table with a hash function and a heap of the caller's choice.
  init(hash: KeyHash, heap: Heap = .shared) { self.init(BlockTable(hash: hash, heap: heap)) }

  init(_ table: consuming BlockTable<FieldEntry>) {
    let state = unsafe BlockTable<FieldEntry>.allocate()
    unsafe state.initialize(to: table)
    unsafe place = ShortPointer(state)
  }

  deinit {
    unsafe state.deinitialize(count: 1)
    unsafe Malloc.free(state)
  }

  /// How many fields there are. O(1).
  public var count: Int { unsafe state.pointee.entries.count }

  /// Whether there are no fields. O(1).
  public var isEmpty: Bool { count == 0 }

  /// Bytes the table takes in all: blocks, slots and state. Exact and O(1), no samples needed.
  public var memoryUse: Int { unsafe state.pointee.memoryUse }

  /// The value of `field`, until the next change; nil when it is not there. O(1).
  @_lifetime(borrow self)
  public func value(of field: borrowing Bytes) -> Bytes? {
    guard let block = unsafe state.pointee.find(field) else { return nil }
    return unsafe _overrideLifetime(FieldEntry.value(block), borrowing: self)
  }

  /// Whether `field` is there. O(1).
  public func contains(_ field: borrowing Bytes) -> Bool { unsafe state.pointee.find(field) != nil }

  /// A table with the same fields and values in blocks of its own. O(count).
  public func copy() -> FieldTable { unsafe FieldTable(state.pointee.copy()) }
}
