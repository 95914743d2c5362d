import Containers
import ServerKernel
import SetValues
import SortedSetValues

/// A value that members are taken from by commands that combine several: a sorted set, or a set, whose members have all
/// the score 1.
enum InputView: ~Escapable {
  case none
  case sortedSet(ValueView<SortedSetValue>)
  case set(ValueView<SetValue>)

  /// How many members there are.
  var count: Int {
    switch self {
    case .none: 0
    case .sortedSet(let set): set.value.count
    case .set(let set): set.value.count
    }
  }

  /// Visits the members with their scores until `visit` returns false.
  func forEach(while visit: (_ member: Bytes, _ score: Double) -> Bool) {
    switch self {
    case .none: return
    case .sortedSet(let set):
      set.value.forEachMember(while: { member, score in
        var text = DecimalText()
        return visit(member.text(&text), score)
      })
    case .set(let set):
      set.value.forEachMember(while: { member in
        var text = DecimalText()
        return visit(member.text(&text), 1)
      })
    }
  }

  /// Visits the members with their scores, and with the scores that they have in another value, nil where they are not,
  /// until `visit` returns false.
  func forEach(
    in other: InputView, while visit: (_ member: Bytes, _ score: Double, _ other: Double?) -> Bool
  ) {
    if case .sortedSet(let set) = self, case .sortedSet(let others) = other {
      return set.value.forEach(in: others.value, while: visit)
    }
    forEach(while: { member, score in visit(member, score, other.score(of: member)) })
  }

  /// Gives each member a score in a table that `body` makes of its present one there, nil for a member that is not, and
  /// of its own.
  func merge(into scores: inout ScoreTable, _ body: (_ old: Double?, _ score: Double) -> Double) {
    switch self {
    case .none: return
    case .sortedSet(let set): set.value.merge(into: &scores, body)
    case .set(let set):
      set.value.forEach { member in
        var text = DecimalText()
        scores.update(member.text(&text)) { body($0, 1) }
      }
    }
  }

  /// The score of a member; nil when it is not there.
  func score(of member: borrowing Bytes) -> Double? {
    switch self {
    case .none: nil
    case .sortedSet(let set): set.value.score(of: member)
    case .set(let set): set.value.contains(member) ? 1 : nil
    }
  }
}

extension Database {
  /// The value of a key that commands combine with others; throws WRONGTYPE for one that has no members.
  @_lifetime(borrow self)
  func input(_ key: borrowing Bytes) throws(CommandError) -> InputView {
    if let name = typeName(key), Bytes(name) == Bytes(SetValue.typeName) {
      guard let set = try value(SetValue.self, key) else { return .none }
      return .set(set)
    }
    guard let set = try value(SortedSetValue.self, key) else { return .none }
    return .sortedSet(set)
  }
}
