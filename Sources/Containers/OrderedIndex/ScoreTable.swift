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
    let block = unsafe table.allocate(ScoredEntry.size(memberCount: member.count))
    unsafe ScoredEntry.store(body(nil), member, at: block)
    unsafe table.entries.insert(hash, block)
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
    var keyed: [(ordinal: UInt64, entry: OrderedEntry)] = []
    keyed.reserveCapacity(count)
    unsafe table.forEach { block in
      let entry = unsafe OrderedEntry(block)
      precondition(!entry.score.isNaN, "a score that has no place")
      keyed.append((OrderedLeaf.ordinal(entry.score), entry))
    }
    keyed.sort { left, right in
      if left.ordinal != right.ordinal { return left.ordinal < right.ordinal }
      return left.entry.member.compare(right.entry.member) < 0
    }
    return keyed.map(\.entry)
  }

  consuming func release() -> BlockTable<ScoredEntry> { table }
}
