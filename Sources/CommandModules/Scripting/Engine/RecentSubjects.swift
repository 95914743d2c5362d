import Containers

/// What was found last by its name: one for each value of a hash of eight bits. To compare a name costs less than to
/// look it up in a dictionary. All of it is plain values, so that no reference is counted.
struct RecentSubjects {
  /// What was found, and the place among those that are forgotten when there are too many, if it has one.
  struct Found {
    let subject: ScriptSubject
    let slot: Int?
  }

  private var entries: [(name: ShortName, found: Found)?] = Array(repeating: nil, count: 256)

  /// What has this name, if it is one of them.
  func find(_ name: ShortName) -> Found? {
    guard let entry = entries[name.hash], entry.name == name else { return nil }
    return entry.found
  }

  /// Keeps something under its name, in place of something else perhaps.
  mutating func add(_ name: ShortName, _ found: Found) { entries[name.hash] = (name, found) }

  /// Forgets a name.
  mutating func remove(_ name: ShortName) {
    if entries[name.hash]?.name == name { entries[name.hash] = nil }
  }

  /// Forgets all names.
  mutating func removeAll() { self = RecentSubjects() }
}

/// A name of up to forty bytes, as words.
struct ShortName: Equatable {
  private let words: InlineArray<5, UInt64>
  private let count: Int

  /// Nil for a name that is longer.
  init?(_ text: borrowing Bytes) {
    if text.count > 40 { return nil }
    count = text.count
    var words = InlineArray<5, UInt64>(repeating: 0)
    for index in 0..<(text.count + 7) / 8 { words[index] = text.word(at: 8 * index) }
    self.words = words
  }

  static func == (left: ShortName, right: ShortName) -> Bool {
    var difference = UInt64(truncatingIfNeeded: left.count ^ right.count)
    for index in 0..<5 { difference |= left.words[index] ^ right.words[index] }
    return difference == 0
  }

  /// Eight bits of all of it.
  var hash: Int {
    var mixed: UInt64 = 0
    for index in 0..<5 { mixed = (mixed ^ words[index]) &* 0x9e37_79b9_7f4a_7c15 }
    return Int(mixed >> 56)
  }
}
