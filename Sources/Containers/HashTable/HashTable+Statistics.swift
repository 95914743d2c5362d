// Unsafe: slots are addresses.

/// How full the buckets of one array of a hash table are.
public struct BucketStatistics: Sendable {
  /// Buckets of the array, without overflow.
  public let buckets: Int
  /// How many chains hold so many entries.
  public private(set) var chains: [Int] = [0]

  init(buckets: Int) { self.buckets = buckets }

  mutating func add(chainOf count: Int) {
    while chains.count <= count { chains.append(0) }
    chains[count] += 1
  }

  /// Entries of the array.
  public var entries: Int { chains.enumerated().reduce(0) { $0 + $1.offset * $1.element } }
}

extension HashTable {
  /// How full the buckets are, of the array in use and of the one it moves to, if any. O(buckets).
  public var statistics: [BucketStatistics] {
    var all = [unsafe statistics(of: slots, max(moved, 0)...mask)]
    if moved >= 0 { all.append(unsafe statistics(of: newSlots, 0...newMask)) }
    return all
  }

  @unsafe
  private func statistics(of array: Slots, _ range: ClosedRange<Int>) -> BucketStatistics {
    var statistics = BucketStatistics(buckets: range.upperBound + 1)
    for _ in 0..<range.lowerBound { statistics.add(chainOf: 0) }
    for bucket in range {
      var count = 0
      unsafe Self.visitChain(array + bucket * 8) { _ in count += 1 }
      statistics.add(chainOf: count)
    }
    return statistics
  }
}

extension FieldTable {
  /// How full the table's buckets are. O(buckets).
  public var statistics: [BucketStatistics] { unsafe state.pointee.entries.statistics }
}

extension FieldSet {
  /// How full the buckets are. O(buckets).
  public var statistics: [BucketStatistics] { unsafe state.pointee.entries.statistics }
}
