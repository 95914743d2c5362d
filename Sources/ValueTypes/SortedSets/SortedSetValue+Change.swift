import Containers
import ServerKernel

/// When a score is taken: the options of ZADD. Without any it always is.
public struct ScoreCondition: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// The set of the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The member is new (NX).
  public static let isNew = ScoreCondition(rawValue: 1)
  /// The member is there (XX).
  public static let isThere = ScoreCondition(rawValue: 2)
  /// The score is higher than the present one, or the member is new (GT).
  public static let isHigher = ScoreCondition(rawValue: 4)
  /// The score is lower than the present one, or the member is new (LT).
  public static let isLower = ScoreCondition(rawValue: 8)

  /// The score that takes the place of `old`, which is nil for a member that is not there; nil when none does.
  func score(_ score: Double, insteadOf old: Double?) -> Double? {
    guard let old else { return contains(.isThere) ? nil : score }
    if contains(.isNew) || (contains(.isHigher) && score <= old) || (contains(.isLower) && score >= old) { return nil }
    return score
  }
}

/// What became of a score.
public enum ScoreOutcome: Sendable {
  /// The member is new.
  case added
  /// The member has another score.
  case updated
  /// The member has this score already.
  case unchanged
  /// The condition does not hold.
  case refused
  /// The sum is not a number; nothing was changed.
  case notANumber
}

extension SortedSetValue {
  /// Gives `member` a score under a condition. O(N).
  @discardableResult
  public mutating func set(
    _ member: borrowing Bytes, _ score: Double, if condition: ScoreCondition = []
  ) -> ScoreOutcome {
    var isRefused = false
    let outcome = update(member) { old in
      let new = condition.score(score, insteadOf: old)
      isRefused = new == nil
      return new
    }
    return isRefused ? .refused : outcome
  }

  /// Adds `step` to the score of `member`, 0 for a member that is not there, under a condition; tells the sum, which is
  /// its score if that was taken. O(N).
  public mutating func increment(
    _ member: borrowing Bytes, by step: Double, if condition: ScoreCondition = []
  ) -> (outcome: ScoreOutcome, score: Double) {
    var refusal: ScoreOutcome?
    var sum = step
    let outcome = update(member) { old in
      if let old, !condition.contains(.isNew) { sum = old + step }
      if sum.isNaN {
        refusal = .notANumber
        return nil
      }
      let new = condition.score(sum, insteadOf: old)
      if new == nil { refusal = .refused }
      return new
    }
    return (refusal ?? outcome, sum)
  }

  /// Gives `member` the score that `body` makes of the present one; nil leaves it.
  private mutating func update(_ member: borrowing Bytes, _ body: (Double?) -> Double?) -> ScoreOutcome {
    switch consume storage {
    case .packed(var list):
      let outcome: ScoreOutcome
      let index = list.find(member, skipping: 1)
      let old: Double? = if let index { list.score(at: list.index(after: index)) } else { nil }
      if let score = body(old), score != old {
        if let index {
          list.remove(at: index, count: 2)
          outcome = .updated
        } else {
          if !Self.isPacked(list, adding: member.count) {
            var index = Self.index(list)
            index.set(member, score)
            self = SortedSetValue(.index(index))
            return .added
          }
          outcome = .added
        }
        list.insert(member, score)
      } else {
        outcome = .unchanged
      }
      self = SortedSetValue(.packed(list))
      return outcome
    case .index(var index):
      let outcome = index.update(member, body)
      self = SortedSetValue(.index(index))
      switch outcome {
      case .added: return .added
      case .moved: return .updated
      case .unchanged: return .unchanged
      }
    }
  }

  /// Removes `member`; false when it is not there. O(N).
  @discardableResult
  public mutating func remove(_ member: borrowing Bytes) -> Bool {
    switch consume storage {
    case .packed(var list):
      let index = list.find(member, skipping: 1)
      if let index { list.remove(at: index, count: 2) }
      self = SortedSetValue(.packed(list))
      return index != nil
    case .index(var index):
      let isRemoved = index.remove(member)
      self = SortedSetValue(.index(index))
      return isRemoved
    }
  }

  /// Removes the members of these ranks. O(N + ranks), or O(n - ranks) where fewer are left than go: those are copied,
  /// and the index goes to the helper thread.
  public mutating func removeSubrange(_ ranks: Range<Int>) {
    if ranks.isEmpty { return }
    switch consume storage {
    case .packed(var list):
      guard let index = list.index(ofElement: 2 * ranks.lowerBound) else { preconditionFailure("no such rank") }
      list.remove(at: index, count: 2 * ranks.count)
      self = SortedSetValue(.packed(list))
    case .index(var index):
      if ranks.count > index.count / 2 && ranks.count > Self.fewestDisposed && !index.isWalked {
        self = SortedSetValue(.index(index.copy(omitting: ranks)))
        index.dispose()
      } else {
        index.removeSubrange(ranks)
        self = SortedSetValue(.index(index))
      }
    }
  }

  /// Members of which no more go at once.
  private static var fewestDisposed: Int { 1024 }

  /// Whether a packed set stays so with another member.
  private static func isPacked(_ list: borrowing PackedList, adding count: Int) -> Bool {
    mayBePacked(count: list.count / 2 + 1, longest: count)
      && list.byteCount + count <= PackedList.byteCountMax - 64
  }

  /// An index with the members of a packed set.
  private static func index(_ list: borrowing PackedList) -> OrderedIndex {
    var index = OrderedIndex()
    if list.isEmpty { return index }
    list.forEachScored(in: 0..<list.count / 2, isReversed: false) { member, score in
      var text = DecimalText()
      index.set(member.text(&text), score)
    }
    return index
  }
}
