// A hash table of pointers to entries, for the keyspace and for every large collection.
//
//   bucket   64 bytes, one cache line: eight slots. A lookup reads one line, then the entry.
//   slot     [ tag: 16 bits of the hash | address of the entry: 48 bits ]; 0 when free
//   link     the eighth slot of a full bucket may hold, with bit 0 set, the address of an overflow
//            bucket of the same shape; a bucket and its overflow make a chain
//
// All buckets of a chain but its last are full, and an overflow bucket holds two entries at least.
//
// Entries belong to the caller, are aligned to 8, and know their key (`HashTableLayout`). The table grows
// at `loadMax` entries a bucket, shrinks below a quarter of that, and moves from the old array to the new one a few
// buckets at a time: at each insertion and removal, and whenever the caller has time to give.
//
// While it moves, an entry stands in the old array if its bucket there is at or past `moved`, else in the
// new one, so that every lookup reads one array only.
//
// Unsafe throughout: slots are addresses. The assertions about sizes stand in `init`.

import CLinux
import Glibc

/// What a table must know of its entries.
public protocol HashTableLayout {
  /// The key of an entry; a view into the entry.
  @unsafe @_lifetime(immortal)
  static func key(_ entry: UnsafeMutableRawPointer) -> Bytes

  /// Entries per bucket, on average, at which the table grows; 6 unless the layout says otherwise.
  ///
  /// With 6 a bucket of eight seldom overflows: one in seven just before the table grows. With 8 it is two in
  /// five, and finding takes up to a third longer; but slots take 11 to 16 bytes an entry, not 12 to 21.
  static var loadMax: Int { get }
}

extension HashTableLayout {
  @inlinable public static var loadMax: Int { 6 }
}

/// A map from byte strings to the entries that begin with them, or lead to them: an entry is an address.
@safe
public struct HashTable<Layout: HashTableLayout>: ~Copyable {
  @usableFromInline typealias Slots = UnsafeMutablePointer<UInt>

  /// The array in use, and the one it moves to while `moved` is not negative.
  @usableFromInline var slots: Slots
  @usableFromInline var mask: Int
  @usableFromInline var newSlots: Slots
  @usableFromInline var newMask = 0
  /// Buckets of the old array that were moved; -1 when the table does not move.
  @usableFromInline var moved = -1
  /// Entries in the table.
  @inlinable public var count: Int { entryCount }
  @usableFromInline var entryCount = 0
  @usableFromInline var overflowBuckets = 0
  /// No chain has more overflow buckets than this, in the array in use and in the one it moves to.
  @usableFromInline var longestChain = 0
  @usableFromInline var newLongestChain = 0
  @usableFromInline let hash: KeyHash
  /// What will choose the next entries that `draw` returns; nil before its first call.
  var throwing: RandomThrows?
  /// Overflow buckets come from it.
  @usableFromInline let heap: Heap
  /// While above zero the table does not move or change its size: entries keep their place.
  public var pauses = 0

  @inlinable static var slotsPerBucket: Int { 8 }
  @inlinable static var bucketBytes: Int { 64 }
  /// Slot arrays of so many bytes, or more, have a mapping of their own.
  @usableFromInline static var mappedBytes: Int { 1 << 20 }
  @inlinable static var addressMask: UInt { 0x0000_ffff_ffff_ffff }
  @inlinable static var linkBit: UInt { 1 }

  /// An empty table with buckets for `capacity` entries, one at least. `hash` is the function its callers compute
  /// hashes with. Only the thread that owns `heap` may change the table; another one may end it.
  public init(hash: KeyHash, heap: Heap = .shared, capacity: Int = 0) {
    self.hash = hash
    self.heap = heap
    let buckets = Self.buckets(for: capacity)
    unsafe slots = Self.allocateSlots(buckets)
    mask = buckets - 1
    unsafe newSlots = slots
  }

  /// How many buckets so many entries need.
  static func buckets(for capacity: Int) -> Int {
    var buckets = 1
    while buckets * Layout.loadMax < capacity { buckets *= 2 }
    return buckets
  }

  deinit {
    if overflowBuckets > 0 {
      let isOwner = heap.isOwnedByCallingThread
      unsafe freeOverflow(slots, buckets: mask + 1, isOwner)
      if moved >= 0 { unsafe freeOverflow(newSlots, buckets: newMask + 1, isOwner) }
    }
    unsafe Self.freeSlots(slots, buckets: mask + 1)
    if moved >= 0 { unsafe Self.freeSlots(newSlots, buckets: newMask + 1) }
  }

  /// Buckets of the array in use, those of the array that it moves to included.
  public var bucketCount: Int { mask + 1 + (moved >= 0 ? newMask + 1 : 0) }

  /// Whether part of the entries still stand in an array of the former size.
  public var isMoving: Bool { moved >= 0 }

  /// Bytes of the arrays and overflow buckets; entries are the caller's.
  public var memoryUse: Int { (bucketCount + overflowBuckets) * 64 }

  /// Empty slots, of an array that is filled from `stripes` evenly spaced places on.
  @unsafe @usableFromInline
  static func allocateSlots(_ buckets: Int, stripes: Int = 1) -> Slots {
    let bytes = buckets * 64
    // Large arrays come zeroed from the system, which finds pages for them while they fill.
    if bytes >= mappedBytes {
      let memory = unsafe AddressSpace.map(bytes)
      Malloc.add(bytes)
      unsafe AddressSpace.populate(memory, bytes, stripes: stripes)
      return unsafe memory.assumingMemoryBound(to: UInt.self)
    }
    let memory = unsafe Malloc.allocate(bytes, alignment: 64)
    unsafe memset(memory, 0, bytes)
    return unsafe memory.bindMemory(to: UInt.self, capacity: buckets * slotsPerBucket)
  }

  @unsafe @usableFromInline
  static func freeSlots(_ slots: Slots, buckets: Int) {
    let bytes = buckets * 64
    if bytes >= mappedBytes {
      Malloc.add(-bytes)
      unsafe AddressSpace.unmap(slots, bytes)
    } else {
      unsafe Malloc.free(slots)
    }
  }

  /// Frees the overflow buckets of an array.
  @unsafe
  private func freeOverflow(_ array: Slots, buckets: Int, _ isOwner: Bool) {
    for bucket in 0..<buckets {
      var link = unsafe array[bucket * 8 + 7]
      while link & Self.linkBit != 0 {
        let overflow = unsafe Self.overflow(link)
        link = unsafe overflow[7]
        if isOwner {
          unsafe heap.deallocate(overflow, Self.bucketBytes)
        } else {
          unsafe heap.deallocateRemotely(overflow, Self.bucketBytes)
        }
      }
    }
  }

  @unsafe @inlinable
  static func overflow(_ link: UInt) -> Slots {
    unsafe Slots(bitPattern: link & ~linkBit).unsafelyUnwrapped
  }

  @unsafe @inlinable
  static func entry(_ slot: UInt) -> UnsafeMutableRawPointer {
    unsafe UnsafeMutableRawPointer(bitPattern: slot & addressMask).unsafelyUnwrapped
  }

  @unsafe @inlinable
  static func slot(_ entry: UnsafeMutableRawPointer, _ hash: UInt64) -> UInt {
    UInt(bitPattern: entry) | UInt(hash) & ~addressMask
  }

  /// The first bucket of the chain that holds, or would hold, keys of this hash.
  @unsafe @inlinable @inline(__always)
  func bucket(_ hash: UInt64) -> Slots {
    let index = Int(truncatingIfNeeded: hash) & mask
    if index >= moved { return unsafe slots + index &* 8 }
    return unsafe newSlots + (Int(truncatingIfNeeded: hash) & newMask) &* 8
  }
}
