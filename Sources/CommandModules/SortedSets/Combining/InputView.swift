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

  /// Visits the members with their scores.
  func forEach(_ visit: (borrowing Bytes, Double) -> Void) {
    switch self {
    case .none: return
    case .sortedSet(let set):
      set.value.forEach { member, score in
        var text = DecimalText()
        visit(member.text(&text), score)
      }
    case .set(let set):
      set.value.forEach { member in
        var text = DecimalText()
        visit(member.text(&text), 1)
      }
    }
  }

  /// Visits members until `visit` returns false.
  func forEachMember(while visit: (borrowing Bytes) -> Bool) {
    switch self {
    case .none: return
    case .sortedSet(let set):
      var goesOn = true
      for first in stride(from: 0, to: set.value.count, by: Self.piece) where goesOn {
        set.value.forEach(in: first..<min(set.value.count, first + Self.piece)) { member, _ in
          var text = DecimalText()
          if goesOn { goesOn = visit(member.text(&text)) }
        }
      }
    case .set(let set):
      set.value.forEachMember(while: { member in
        var text = DecimalText()
        return visit(member.text(&text))
      })
    }
  }

  /// Members that are looked at before it is asked whether there are enough.
  private static var piece: Int { 256 }

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
