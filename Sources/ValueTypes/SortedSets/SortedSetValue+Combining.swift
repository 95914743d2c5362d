import Containers
import ServerKernel

// What commands that combine several sorted sets need: of large ones, members are looked up many at a time.
extension SortedSetValue {
  /// Gives each member a score in a table that `body` makes of its present one there, nil for a member that is not, and
  /// of the set's own. O(count).
  public func merge(into scores: inout ScoreTable, _ body: (_ old: Double?, _ score: Double) -> Double) {
    switch storage {
    case .packed:
      forEach { member, score in
        var text = DecimalText()
        scores.update(member.text(&text)) { body($0, score) }
      }
    case .index(let index): scores.merge(index, body)
    }
  }

  /// Visits every member with its score, and with the score that it has in `other`, nil where it is not, until `visit`
  /// returns false. O(count * N).
  public func forEach(
    in other: borrowing SortedSetValue, while visit: (_ member: Bytes, _ score: Double, _ other: Double?) -> Bool
  ) {
    switch storage {
    case .index(let index):
      switch other.storage {
      case .index(let others): return index.forEach(in: others, while: visit)
      case .packed: break
      }
    case .packed: break
    }
    forEachMember(while: { member, score in
      var text = DecimalText()
      let bytes = member.text(&text)
      return visit(bytes, score, other.score(of: bytes))
    })
  }

  /// Members that are looked at before it is asked whether there are enough.
  private static var piece: Int { 256 }

  /// Visits members in their order until `visit` returns false. O(count).
  public func forEachMember(while visit: (borrowing PackedElement, Double) -> Bool) {
    var goesOn = true
    for first in stride(from: 0, to: count, by: Self.piece) where goesOn {
      forEach(in: first..<min(count, first + Self.piece)) { member, score in
        if goesOn { goesOn = visit(member, score) }
      }
    }
  }
}
