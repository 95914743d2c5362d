import Containers
import ServerKernel

// Some of a sorted set's members: at random, or as a scan comes to them.
extension SortedSetValue {
  /// Passes on a member with its score, each with the same chance; nothing of an empty set. O(N).
  public func withRandomMember(
    using random: inout RandomSource, _ body: (borrowing PackedElement, Double) -> Void
  ) {
    if isEmpty { return }
    let rank = Int.random(in: 0..<count, using: &random)
    forEach(in: rank..<rank + 1, body)
  }

  /// Visits `limit` different members, or all when there are no more; each choice has the same chance. O(limit * N)
  /// when there are more than three times as many, otherwise O(count).
  public func forEachRandomMember(
    _ limit: Int, using random: inout RandomSource, _ visit: (borrowing PackedElement, Double) -> Void
  ) {
    if limit < count / 3 {
      var seen = Set<Int>(minimumCapacity: limit)
      while seen.count < limit {
        let rank = Int.random(in: 0..<count, using: &random)
        if seen.insert(rank).inserted { forEach(in: rank..<rank + 1, visit) }
      }
      return
    }
    // Each member in turn is taken with the chance that leaves all choices alike.
    var wanted = min(limit, count)
    var left = count
    forEach { member, score in
      if wanted > 0 && (wanted == left || Int.random(in: 0..<left, using: &random) < wanted) {
        visit(member, score)
        wanted -= 1
      }
      left -= 1
    }
  }

  /// A score as a scan tells it: while packed as it is stored, integers in full.
  public func scanText(_ score: Double) -> DecimalText {
    switch storage {
    case .packed: DecimalText(compact: score)
    case .index: DecimalText(general: score)
    }
  }

  /// Visits the members that `cursor` stands for, about as many as the options say, and returns the next cursor: 0 at
  /// the end, which is where a scan begins. Members that are there all the time are visited at least once. A packed set
  /// is visited as a whole.
  public func scan(
    _ cursor: UInt64, _ options: ScanOptions, _ visit: (borrowing PackedElement, Double) -> Void
  ) -> UInt64 {
    switch storage {
    case .packed:
      forEach(visit)
      return 0
    case .index(let index):
      var next = cursor
      var found = 0
      var buckets = options.bucketsMax
      repeat {
        next = index.scan(cursor: next) { member, score in
          found += 1
          visit(.bytes(member), score)
        }
        buckets -= 1
      } while next != 0 && buckets >= 0 && found < options.count
      return next
    }
  }
}
