import Containers
import ServerKernel
import SortedSetValues

/// A value that members are taken from by commands that combine several.
enum InputView: ~Escapable {
  case none
  case sortedSet(ValueView<SortedSetValue>)

  /// How many members there are.
  var count: Int {
    switch self {
    case .none: 0
    case .sortedSet(let set): set.value.count
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
    }
  }

  /// The score of a member; nil when it is not there.
  func score(of member: borrowing Bytes) -> Double? {
    switch self {
    case .none: nil
    case .sortedSet(let set): set.value.score(of: member)
    }
  }
}

extension Database {
  /// The value of a key that commands combine with others; throws WRONGTYPE for one that has no members.
  @_lifetime(borrow self)
  func input(_ key: borrowing Bytes) throws(CommandError) -> InputView {
    guard let set = try value(SortedSetValue.self, key) else { return .none }
    return .sortedSet(set)
  }
}
