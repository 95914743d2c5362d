import Containers
import ServerKernel

/// A sorted set: the value of keys of the type `zset`, which gives members scores and keeps them in the order of
/// scores, those with the same score in the order of their bytes.
///
/// Small ones are packed as member, score, member, score ... in order, in one block; others are an ordered index. A
/// set becomes an index with the first member longer than `zset-max-listpack-value`, or with more members than
/// `zset-max-listpack-entries`, and stays one. Where a complexity is given, N is the number of members while packed,
/// 128 of them at most by default, and its logarithm in an index.
///
/// Ranks count from the lowest score on. Seven bytes in its key's entry. Views that it gives of members last until it
/// changes.
public struct SortedSetValue: ~Copyable {
  enum Storage: ~Copyable {
    case packed(PackedList)
    case index(OrderedIndex)
  }

  var storage: Storage

  init(_ storage: consuming Storage) { self.storage = storage }

  /// A sorted set without members; allocates nothing.
  public init() { storage = .packed(PackedList()) }

  /// The members of a table. O(n log n).
  public init(_ scores: consuming ScoreTable) {
    var longest = 0
    if scores.count <= Self.packedEntriesMax.value {
      scores.forEach { member, _ in longest = max(longest, member.count) }
    }
    if !Self.mayBePacked(count: scores.count, longest: longest) {
      self.init(.index(OrderedIndex(scores)))
      return
    }
    var list = PackedList()
    scores.forEachSorted { member, score in
      list.append(member)
      list.insert(score: score, before: list.endIndex)
    }
    self.init(.packed(list))
  }

  /// How many members there are. O(1).
  public var count: Int {
    switch storage {
    case .packed(let list): list.count / 2
    case .index(let index): index.count
    }
  }

  /// The score of `member`; nil when it is not there. O(N) packed, O(1) in an index.
  public func score(of member: borrowing Bytes) -> Double? {
    switch storage {
    case .packed(let list):
      guard let position = list.find(member, skipping: 1) else { return nil }
      return list.score(at: list.index(after: position))
    case .index(let index): return index.score(of: member)
    }
  }

  /// How many members stand before `member`, and its score; nil when it is not there. O(N).
  public func rank(of member: borrowing Bytes) -> (rank: Int, score: Double)? {
    switch storage {
    case .packed(let list):
      var position = list.startIndex
      let end = list.endIndex
      var rank = 0
      while position < end {
        let score = list.index(after: position)
        if list.element(at: position) == member { return (rank, list.score(at: score)) }
        position = list.index(after: score)
        rank += 1
      }
      return nil
    case .index(let index): return index.rank(of: member)
    }
  }

  /// Visits the members of these ranks in their order, or from the last to the first. O(N + ranks).
  public func forEach(
    in ranks: Range<Int>, isReversed: Bool = false, _ visit: (borrowing PackedElement, Double) -> Void
  ) {
    if ranks.isEmpty { return }
    switch storage {
    case .packed(let list): list.forEachScored(in: ranks, isReversed: isReversed, visit)
    case .index(let index):
      if isReversed {
        index.forEachReversed(in: ranks) { member, score in visit(.bytes(member), score) }
      } else {
        index.forEach(in: ranks) { member, score in visit(.bytes(member), score) }
      }
    }
  }

  /// Visits all members in their order. O(n).
  public func forEach(_ visit: (borrowing PackedElement, Double) -> Void) { forEach(in: 0..<count, visit) }
}
