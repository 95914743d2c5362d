// Unsafe: it owns the blocks, and gives them to the index that is made of it.

/// Members with scores in no order, from which an ordered index is made at once: for results that come together member
/// by member, and whose scores are known only at the end.
public struct ScoreTable: ~Copyable {
  private var table: BlockTable<ScoredEntry>

  /// An empty table, with room for `capacity` members if so many are expected.
  public init(capacity: Int = 0) { self.init(heap: .shared, capacity: capacity) }

  /// An empty table with a heap of the caller's choice.
  init(heap: Heap, capacity: Int = 0) { table = BlockTable(hash: fieldHash, heap: heap, capacity: capacity) }

  /// How many members there are. O(1).
  public var count: Int { table.entries.count }

  /// Whether `member` is there. O(1).
  public func contains(_ member: borrowing Bytes) -> Bool { unsafe table.find(member) != nil }

  /// Gives `member` the score that `body` makes of its present one, nil for a member that is not there. O(1).
  public mutating func update(_ member: borrowing Bytes, _ body: (Double?) -> Double) {
    let hash = table.hash(member)
    if let block = unsafe table.entries.find(hash, member) {
      let entry = unsafe OrderedEntry(block)
      return entry.score = body(entry.score)
    }
    let block = unsafe table.allocate(ScoredEntry.leastSize(keyCount: member.count))
    unsafe ScoredEntry.store(body(nil), member, at: block)
    unsafe table.entries.insert(hash, block)
  }

  /// Gives each member of an index the score that `body` makes of its present one, nil for a member that is not there,
  /// and of the index' score. O(index.count).
  public mutating func merge(_ index: borrowing OrderedIndex, _ body: (_ old: Double?, _ score: Double) -> Double) {
    if count == 0 {
      table = unsafe index.state.pointee.table.copy()
      return unsafe table.forEach { block in
        let entry = unsafe OrderedEntry(block)
        entry.score = body(nil, entry.score)
      }
    }
    unsafe index.state.pointee.table.forEachBatch { batch in
      table.prepare(&batch, of: ScoredEntry.self)
      for index in 0..<batch.count { unsafe merge(batch.block(index), batch.hash(index), body) }
      return true
    }
  }

  @unsafe
  private mutating func merge(
    _ block: UnsafeMutableRawPointer, _ hash: UInt64, _ body: (_ old: Double?, _ score: Double) -> Double
  ) {
    let score = unsafe OrderedEntry(block).score
    if let found = unsafe table.entries.find(hash, ScoredEntry.key(block)) {
      let entry = unsafe OrderedEntry(found)
      entry.score = body(entry.score, score)
    } else {
      let copy = unsafe table.insertCopy(of: block, hash)
      unsafe OrderedEntry(copy).score = body(nil, score)
    }
  }

  /// Removes `member` if it is there. O(1).
  public mutating func remove(_ member: borrowing Bytes) { _ = table.remove(member) }

  /// Visits every member, in no order. O(count).
  public func forEach(_ visit: (Bytes, Double) -> Void) {
    unsafe table.forEach { block in
      let entry = unsafe OrderedEntry(block)
      visit(entry.member, entry.score)
    }
  }

  /// Visits every member in order. O(count log count).
  public func forEachSorted(_ visit: (Bytes, Double) -> Void) {
    for entry in sorted() { visit(entry.member, entry.score) }
  }

  /// The entries in order.
  func sorted() -> [OrderedEntry] {
    var order = ScoreOrder(capacity: count)
    unsafe table.forEach { block in order.append(unsafe OrderedEntry(block)) }
    return order.sorted()
  }

  consuming func release() -> BlockTable<ScoredEntry> { table }
}
