import Containers

// A packed list of member, score, member, score ... in order. Scores are decimal text, or integers where they are such.
extension PackedList {
  /// The score whose element is at `index`.
  func score(at index: Index) -> Double {
    guard let score = element(at: index).double else { preconditionFailure("a score that is no number") }
    return score
  }

  /// Whether members and scores, of which nothing is known yet, are in order, and scores in the form that they have
  /// here.
  var isInOrderOfScores: Bool {
    if count % 2 != 0 { return false }
    var previous: (member: Index, score: Double)?
    var scratch = DecimalText()
    var index = startIndex
    let end = endIndex
    while index < end {
      let next = self.index(after: index)
      guard let score = usualScore(at: next) else { return false }
      if let previous {
        let member = element(at: index)
        if previous.score > score { return false }
        if previous.score == score && !isLower(previous.member, than: member.text(&scratch), orEqual: false) {
          return false
        }
      }
      previous = (index, score)
      index = self.index(after: next)
    }
    return true
  }

  /// The score at `index`; nil unless it is one, and written as `insert(score:before:)` writes it.
  private func usualScore(at index: Index) -> Double? {
    switch element(at: index) {
    case .integer(let value):
      // Not all integers are doubles.
      return Double(exactly: value)
    case .bytes(let bytes):
      guard let score = bytes.double, !score.isNaN, !score.isZero else { return nil }
      let text = DecimalText(compact: score)
      return text.bytes == bytes ? score : nil
    }
  }

  /// Inserts a score as an element.
  mutating func insert(score: Double, before index: Index) {
    // As an integer zero has no sign.
    let text = DecimalText(compact: score.isZero ? 0 : score)
    insert(text.bytes, before: index)
  }

  /// Inserts a member with its score at its place in the order.
  mutating func insert(_ member: borrowing Bytes, _ score: Double) {
    var index = startIndex
    let end = endIndex
    while index < end {
      let next = self.index(after: index)
      let other = self.score(at: next)
      if other > score || (other == score && !isLower(index, than: member, orEqual: false)) { break }
      index = self.index(after: next)
    }
    insert(member, before: index)
    insert(score: score, before: self.index(after: index))
  }

  /// Whether the element at `index` is lower than a text, or not higher.
  private func isLower(_ index: Index, than text: borrowing Bytes, orEqual: Bool) -> Bool {
    var scratch = DecimalText()
    let order = element(at: index).text(&scratch).compare(text)
    return orEqual ? order <= 0 : order < 0
  }

  /// How many members stand before a score, or not behind it.
  func rank(before score: Double, orEqual: Bool) -> Int {
    var index = startIndex
    let end = endIndex
    var rank = 0
    while index < end {
      let next = self.index(after: index)
      let other = self.score(at: next)
      if orEqual ? other > score : other >= score { break }
      index = self.index(after: next)
      rank += 1
    }
    return rank
  }

  /// How many members are lower than `member`, or not higher.
  func rank(before member: borrowing Bytes, orEqual: Bool) -> Int {
    var index = startIndex
    let end = endIndex
    var rank = 0
    while index < end && isLower(index, than: member, orEqual: orEqual) {
      index = self.index(after: self.index(after: index))
      rank += 1
    }
    return rank
  }

  func forEachScored(in ranks: Range<Int>, isReversed: Bool, _ visit: (borrowing PackedElement, Double) -> Void) {
    if isReversed {
      guard var index = self.index(ofElement: 2 * ranks.upperBound - 1) else { preconditionFailure("no such rank") }
      for left in stride(from: ranks.count, to: 0, by: -1) {
        let member = self.index(before: index)
        visit(element(at: member), score(at: index))
        if left > 1 { index = self.index(before: member) }
      }
    } else {
      guard var index = self.index(ofElement: 2 * ranks.lowerBound) else { preconditionFailure("no such rank") }
      for _ in ranks {
        let score = self.index(after: index)
        visit(element(at: index), self.score(at: score))
        index = self.index(after: score)
      }
    }
  }
}
