import Containers
import ServerKernel

/// An end of a range of scores.
public struct ScoreBound: Sendable {
  /// The score.
  public var score: Double
  /// Whether members of this score are left out.
  public var isExclusive: Bool

  /// A bound.
  public init(_ score: Double, isExclusive: Bool = false) {
    self.score = score
    self.isExclusive = isExclusive
  }
}

/// An end of a range of members that have all the same score.
public enum MemberBound: ~Escapable {
  /// Before all members.
  case lowest
  /// Behind all members.
  case highest
  /// At a member, which is left out if it is exclusive.
  case member(Bytes, isExclusive: Bool)
}

extension SortedSetValue {
  /// The ranks of the members whose scores lie between two bounds. O(N).
  public func ranks(from low: ScoreBound, to high: ScoreBound) -> Range<Int> {
    let first = rank(before: low.score, orEqual: low.isExclusive)
    let end = rank(before: high.score, orEqual: !high.isExclusive)
    return first..<max(first, end)
  }

  /// The ranks of the members that lie between two bounds, where all have the same score. O(N).
  public func ranks(from low: borrowing MemberBound, to high: borrowing MemberBound) -> Range<Int> {
    let first = rank(before: low, isUpper: false)
    let end = rank(before: high, isUpper: true)
    return first..<max(first, end)
  }

  /// How many members have a lower score, or one that is not higher. O(N).
  public func rank(before score: Double, orEqual: Bool) -> Int {
    switch storage {
    case .packed(let list): list.rank(before: score, orEqual: orEqual)
    case .index(let index): index.rank(before: score, orEqual: orEqual)
    }
  }

  private func rank(before bound: borrowing MemberBound, isUpper: Bool) -> Int {
    switch bound {
    case .lowest: return 0
    case .highest: return count
    case .member(let member, let isExclusive):
      switch storage {
      case .packed(let list): return list.rank(before: member, orEqual: isUpper != isExclusive)
      case .index(let index): return index.rank(before: member, orEqual: isUpper != isExclusive)
      }
    }
  }
}
