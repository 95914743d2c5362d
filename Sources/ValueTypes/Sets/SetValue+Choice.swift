import Containers
import ServerKernel

// Some of a set's members: at random, or as a scan comes to them.
extension SetValue {
  /// Passes on a member, each with the same chance; nothing of an empty set. O(1), or O(count) while packed.
  public func withRandomMember(using random: inout RandomSource, _ body: (_ member: borrowing PackedElement) -> Void) {
    if isEmpty { return }
    switch storage {
    case .integers(let integers): body(.integer(integers[Int.random(in: 0..<integers.count, using: &random)]))
    case .packed(let list):
      guard let index = list.index(ofElement: Int.random(in: 0..<list.count, using: &random)) else { return }
      body(list.element(at: index))
    case .table(let table): _ = table.withRandom(using: &random) { body(.bytes($0)) }
    }
  }

  /// Visits members at random, each with the same chance whatever was visited before, until `visit` returns false;
  /// nothing of an empty set. O(1) for each, and O(count) once while packed.
  public func forEachRandom(
    using random: inout RandomSource, while visit: (_ member: borrowing PackedElement) -> Bool
  ) {
    if isEmpty { return }
    switch storage {
    case .integers(let integers):
      while visit(.integer(integers[Int.random(in: 0..<integers.count, using: &random)])) {}
    case .packed(let list):
      var indices: [PackedList.Index] = []
      indices.reserveCapacity(list.count)
      var index = list.startIndex
      while index < list.endIndex {
        indices.append(index)
        index = list.index(after: index)
      }
      while visit(list.element(at: indices[Int.random(in: 0..<indices.count, using: &random)])) {}
    case .table(let table): table.forEachRandom(using: &random, while: { visit(.bytes($0)) })
    }
  }

  /// Visits `limit` different members, or all when there are no more; each choice has the same chance. O(limit) in a
  /// table of more than three times as many members, otherwise O(count).
  public func forEachRandomMember(
    _ limit: Int, using random: inout RandomSource, _ visit: (_ member: borrowing PackedElement) -> Void
  ) {
    // A table of which only few members are wanted is not walked.
    switch storage {
    case .table(let table) where limit < table.count / 3:
      if limit <= 0 { return }
      var seen = FieldSet()
      table.forEachRandom(using: &random) { member in
        if seen.insert(member) { visit(.bytes(member)) }
        return seen.count < limit
      }
      return
    default: break
    }
    var choice = Choice(of: limit, among: count)
    forEach { if choice.takes(using: &random) { visit($0) } }
  }

  /// Removes a member, each with the same chance, after it was passed on; nothing of an empty set. O(1) in a table,
  /// otherwise O(count).
  public mutating func removeRandomMember(
    using random: inout RandomSource, _ visit: (_ member: borrowing PackedElement) -> Void
  ) {
    if isEmpty { return }
    switch consume storage {
    case .integers(var integers):
      let position = Int.random(in: 0..<integers.count, using: &random)
      visit(.integer(integers[position]))
      integers.remove(at: position)
      self = SetValue(.integers(integers))
    case .packed(var list):
      if let index = list.index(ofElement: Int.random(in: 0..<list.count, using: &random)) {
        visit(list.element(at: index))
        list.remove(at: index)
      }
      self = SetValue(.packed(list))
    case .table(var table):
      table.removeRandom(using: &random) { visit(.bytes($0)) }
      self = SetValue(.table(table))
    }
  }

  /// Removes `limit` different members, or all when there are no more, and passes each on before it goes; each choice
  /// has the same chance. O(limit) in a table, otherwise O(count).
  public mutating func removeRandomMembers(
    _ limit: Int, using random: inout RandomSource, _ visit: (_ member: borrowing PackedElement) -> Void
  ) {
    var choice = Choice(of: limit, among: count)
    switch consume storage {
    case .integers(var integers):
      integers.removeAll(unless: { value in
        let isTaken = choice.takes(using: &random)
        if isTaken { visit(.integer(value)) }
        return !isTaken
      })
      self = SetValue(.integers(integers))
    case .packed(var list):
      var index = list.startIndex
      while choice.wanted > 0 {
        if choice.takes(using: &random) {
          visit(list.element(at: index))
          list.remove(at: index)
        } else {
          index = list.index(after: index)
        }
      }
      self = SetValue(.packed(list))
    case .table(var table):
      if choice.wanted < table.count / 3 {
        for _ in 0..<choice.wanted { table.removeRandom(using: &random) { visit(.bytes($0)) } }
      } else {
        // It would take ever longer to come upon one in a table that gets emptier.
        var chosen = ByteBuffer()
        var ends: [Int] = []
        table.forEach { member in
          if !choice.takes(using: &random) { return }
          visit(.bytes(member))
          chosen.append(member)
          ends.append(chosen.count)
        }
        var start = 0
        for end in ends {
          table.remove(chosen.bytes[start..<end])
          start = end
        }
      }
      self = SetValue(.table(table))
    }
  }

  /// Says of members in turn which are taken, so that all choices of some number of them are alike.
  private struct Choice {
    /// Members that are still to be taken, and those that are still to come.
    private(set) var wanted: Int
    private var left: Int

    init(of limit: Int, among count: Int) {
      wanted = min(limit, count)
      left = count
    }

    mutating func takes(using random: inout RandomSource) -> Bool {
      let isTaken = wanted > 0 && (wanted == left || Int.random(in: 0..<left, using: &random) < wanted)
      left -= 1
      if isTaken { wanted -= 1 }
      return isTaken
    }
  }

  /// Visits the members that `cursor` stands for, about as many as the options say, and returns the next cursor: 0 at
  /// the end, which is where a scan begins. Members that are there all the time are visited at least once. What is no
  /// table is visited as a whole.
  public func scan(
    _ cursor: UInt64, _ options: ScanOptions, _ visit: (_ member: borrowing PackedElement) -> Void
  ) -> UInt64 {
    switch storage {
    case .table(let table):
      var next = cursor
      var found = 0
      var buckets = options.bucketsMax
      repeat {
        next = table.scan(cursor: next) { member in
          found += 1
          visit(.bytes(member))
        }
        buckets -= 1
      } while next != 0 && buckets >= 0 && found < options.count
      return next
    default:
      forEach(visit)
      return 0
    }
  }
}
