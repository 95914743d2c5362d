import ServerKernel
import SortedSetValues

/// Which members a command of the ZRANGE family asks for.
struct RangeQuery {
  /// By what members are chosen.
  enum Kind {
    case rank, score, member
  }

  private enum Bounds {
    case ranks(Int, Int)
    case scores(ScoreBound, ScoreBound)
    /// The arguments of the lower and of the higher one.
    case members(Int, Int)
  }

  private var kind: Kind?
  private(set) var isReversed: Bool
  private(set) var withScores = false
  private var offset = 0
  private var limit = -1
  private var bounds = Bounds.ranks(0, -1)

  /// Reads a call whose range begins at the argument `first`. The kind and the direction are options where `kind` is
  /// nil.
  init(
    _ call: borrowing Call, from first: Int, by kind: Kind? = nil, isReversed: Bool = false, isStored: Bool = false
  ) throws(CommandError) {
    let isFixed = kind != nil
    self.kind = kind
    self.isReversed = isReversed
    var index = first + 2
    while index < call.count {
      let isReversing = !isFixed && !self.isReversed && call.matches(index, "REV")
      if !isStored && call.matches(index, "WITHSCORES") {
        withScores = true
      } else if call.matches(index, "LIMIT") && index + 2 < call.count {
        offset = Int(try call.integer(index + 1))
        limit = Int(try call.integer(index + 2))
        index += 2
      } else if isReversing {
        self.isReversed = true
      } else if self.kind == nil && call.matches(index, "BYLEX") {
        self.kind = .member
      } else if self.kind == nil && call.matches(index, "BYSCORE") {
        self.kind = .score
      } else {
        throw .syntax
      }
      index += 1
    }
    try readBounds(call, first)
  }

  private mutating func readBounds(_ call: borrowing Call, _ first: Int) throws(CommandError) {
    let (low, high) = isReversed ? (first + 1, first) : (first, first + 1)
    switch kind ?? .rank {
    case .rank:
      if limit != -1 {
        throw .literal("ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX")
      }
      bounds = .ranks(Int(try call.integer(first)), Int(try call.integer(first + 1)))
    case .score:
      bounds = .scores(try call.scoreBound(low), try call.scoreBound(high))
    case .member:
      if withScores { throw .literal("ERR syntax error, WITHSCORES not supported in combination with BYLEX") }
      try call.checkMemberBound(low)
      try call.checkMemberBound(high)
      bounds = .members(low, high)
    }
  }

  /// The ranks of the members that are asked for.
  func ranks(_ call: borrowing Call, in set: borrowing SortedSetValue) -> Range<Int> {
    switch bounds {
    case .ranks(let start, let end):
      let count = set.count
      let range = Self.ranks(start, end, of: count)
      return isReversed ? count - range.upperBound..<count - range.lowerBound : range
    case .scores(let low, let high): return limited(set.ranks(from: low, to: high))
    case .members(let low, let high): return limited(set.ranks(from: call.memberBound(low), to: call.memberBound(high)))
    }
  }

  /// A range as LRANGE reads it: negative numbers count from the end, and both ends belong to it.
  static func ranks(_ start: Int, _ end: Int, of count: Int) -> Range<Int> {
    let first = max(0, start < 0 ? start + count : start)
    let last = min(count - 1, end < 0 ? end + count : end)
    return first > last ? 0..<0 : first..<last + 1
  }

  /// The part of a range that `LIMIT` leaves.
  private func limited(_ ranks: Range<Int>) -> Range<Int> {
    if offset < 0 { return 0..<0 }
    let skipped = min(offset, ranks.count)
    let left = ranks.count - skipped
    let taken = limit < 0 ? left : min(limit, left)
    let first = isReversed ? ranks.upperBound - skipped - taken : ranks.lowerBound + skipped
    return first..<first + taken
  }
}

extension RangeQuery {
  /// Replies the members of the set at a call's first key.
  func reply(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let members = MemberReply(reply: context.reply, withScores: withScores)
    guard let set = try context.db.value(SortedSetValue.self, call[1]) else { return members.begin(0) }
    let ranks = ranks(call, in: set.value)
    members.begin(ranks.count)
    set.value.forEach(in: ranks, isReversed: isReversed) { members.add($0, $1) }
  }
}
