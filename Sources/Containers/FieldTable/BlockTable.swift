// A hash table that owns its entries: what field tables, field sets and ordered indices have in common.
// Unsafe: entries are addresses of blocks, which this struct allocates and frees.

import CLinux
import Glibc

/// The state of a field table or field set, to which the public types are one pointer, and half of that of an ordered
/// index.
@safe
struct BlockTable<Layout: BlockLayout>: ~Copyable {
  var entries: HashTable<Layout>
  let hash: KeyHash
  let heap: Heap
  /// Bytes of all blocks, as the allocator counts them.
  var blockBytes = 0
  /// A walk in pieces that is under way.
  var walk: BlockWalk<Layout>?

  init(hash: KeyHash, heap: Heap, capacity: Int = 0) {
    entries = HashTable(hash: hash, heap: heap, capacity: capacity)
    self.hash = hash
    self.heap = heap
  }

  private init(_ entries: consuming HashTable<Layout>, hash: KeyHash, heap: Heap, blockBytes: Int) {
    self.entries = entries
    self.hash = hash
    self.heap = heap
    self.blockBytes = blockBytes
  }

  deinit {
    let heap = self.heap
    // Asked once and not per block.
    if heap.isOwnedByCallingThread {
      unsafe entries.forEach { block in unsafe heap.deallocate(block, Layout.size(block)) }
    } else {
      unsafe entries.forEach { block in unsafe heap.deallocateRemotely(block, Layout.size(block)) }
    }
  }

  /// A place for a table's state.
  @unsafe
  static func allocate() -> UnsafeMutablePointer<BlockTable> {
    unsafe Malloc.allocate(MemoryLayout<BlockTable>.size).bindMemory(to: BlockTable.self, capacity: 1)
  }

  /// Bytes of blocks, slots and the struct.
  var memoryUse: Int { blockBytes + entries.memoryUse + MemoryLayout<BlockTable>.size }

  /// A block that is counted, and that the caller fills and puts into the table.
  @unsafe
  mutating func allocate(_ size: Int) -> UnsafeMutableRawPointer {
    blockBytes += Heap.blockSize(size)
    return unsafe heap.allocate(size)
  }

  @unsafe
  mutating func deallocate(_ block: UnsafeMutableRawPointer, _ size: Int) {
    blockBytes -= Heap.blockSize(size)
    unsafe heap.deallocate(block, size)
  }

  // What follows, and is called often, is inlined: see `HashTable.locate`.

  @unsafe @inline(__always)
  func find(_ key: borrowing Bytes) -> UnsafeMutableRawPointer? { unsafe entries.find(hash(key), key) }

  mutating func remove(_ key: borrowing Bytes) -> Bool {
    let hash = self.hash(key)
    willChange(key, hash)
    guard let block = unsafe entries.remove(hash, key) else { return false }
    unsafe deallocate(block, Layout.size(block))
    return true
  }

  /// Adds a copy of a block whose key is not in the table.
  @unsafe @discardableResult
  mutating func insertCopy(of block: UnsafeMutableRawPointer, _ hash: UInt64) -> UnsafeMutableRawPointer {
    let size = unsafe Layout.size(block)
    let copy = unsafe allocate(size)
    unsafe memcpy(copy, block, size)
    unsafe entries.insert(hash, copy)
    return unsafe copy
  }

  /// A table with the same entries, in blocks of its own.
  func copy() -> BlockTable {
    if !entries.isMoving {
      let heap = self.heap
      let entries = unsafe HashTable(copying: entries) { block in
        let size = unsafe Layout.size(block)
        let copy = unsafe heap.allocate(size)
        unsafe memcpy(copy, block, size)
        return unsafe copy
      }
      return BlockTable(entries, hash: hash, heap: heap, blockBytes: blockBytes)
    }
    var twin = BlockTable(hash: hash, heap: heap, capacity: entries.count)
    var cursor: UInt = 0
    repeat {
      unsafe cursor = entries.scan(cursor) { block in unsafe twin.insertCopy(of: block, hash(Layout.key(block))) }
    } while cursor != 0
    return twin
  }

  /// Visits every block, in no order; some buckets ahead they are fetched, so that their cache misses overlap.
  @unsafe
  func forEach(_ visit: (UnsafeMutableRawPointer) -> Void) {
    var cursor: UInt = 0
    repeat { cursor = unsafe entries.scan(cursor, buckets: 16, visit) } while cursor != 0
  }

  /// Asks for the cache line that a lookup of `key` reads first.
  @inline(__always)
  func prefetchBucket(of key: borrowing Bytes) { entries.prefetchBucket(hash(key)) }

  /// Asks for the block of `key`, whose bucket has arrived.
  @inline(__always)
  func prefetchBlock(of key: borrowing Bytes) {
    entries.prefetchEntry(hash(key), span: Layout.leastSize(keyCount: key.count))
  }
}

/// The hash function of all field tables and field sets of this process.
let fieldHash = KeyHash.random()
