// Unsafe: blocks are addresses, which last while the table that they stand in is not changed.

/// Blocks of one table that are looked up in another one, some at a time, so that the cache misses of that overlap.
@safe
struct BlockBatch {
  static var capacity: Int { 32 }

  private(set) var count = 0
  private var blocks = InlineArray<32, UInt>(repeating: 0)
  private var hashes = InlineArray<32, UInt64>(repeating: 0)

  @unsafe @inline(__always)
  func block(_ index: Int) -> UnsafeMutableRawPointer {
    unsafe UnsafeMutableRawPointer(bitPattern: blocks[index]).unsafelyUnwrapped
  }

  /// The hash of a block's key, of the table that it is looked up in.
  @inline(__always)
  func hash(_ index: Int) -> UInt64 { hashes[index] }

  @unsafe @inline(__always)
  mutating func append(_ block: UnsafeMutableRawPointer) {
    blocks[count] = UInt(bitPattern: block)
    count += 1
  }

  mutating func removeAll() { count = 0 }

  @inline(__always)
  mutating func setHash(_ index: Int, _ hash: UInt64) { hashes[index] = hash }
}

extension BlockTable {
  /// Visits all blocks, a batch at a time, in no order, until `visit` returns false; true when all were visited.
  @unsafe @discardableResult
  func forEachBatch(while visit: (inout BlockBatch) -> Bool) -> Bool {
    var batch = BlockBatch()
    var cursor: UInt = 0
    var goesOn = true
    repeat {
      cursor = unsafe entries.scan(cursor, buckets: 16) { block in
        unsafe batch.append(block)
        if batch.count == BlockBatch.capacity {
          goesOn = goesOn && visit(&batch)
          batch.removeAll()
        }
      }
    } while cursor != 0 && goesOn
    return goesOn && (batch.count == 0 || visit(&batch))
  }

  /// Computes the hashes of a batch of another table's blocks, and asks for what a lookup of each reads.
  func prepare<Other: BlockLayout>(_ batch: inout BlockBatch, of layout: Other.Type) {
    let hash = self.hash
    for index in 0..<batch.count {
      let number = unsafe hash(Other.key(batch.block(index)))
      batch.setHash(index, number)
      entries.prefetchBucket(number)
    }
    for index in 0..<batch.count {
      let count = unsafe Other.key(batch.block(index)).count
      entries.prefetchEntry(batch.hash(index), span: Layout.leastSize(keyCount: count))
    }
  }
}
