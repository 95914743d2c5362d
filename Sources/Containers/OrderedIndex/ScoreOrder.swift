/// Puts entries in the order of scores, and those of equal scores in the order of their members.
///
/// Scores are sorted by their bytes, from the lowest on, without a comparison; bytes that all scores have in common, as
/// whole numbers have most of theirs, cost nothing.
struct ScoreOrder {
  private struct Keyed {
    var ordinal: UInt64
    var entry: OrderedEntry
  }

  private var entries: [Keyed] = []

  init(capacity: Int) { entries.reserveCapacity(capacity) }

  mutating func append(_ entry: OrderedEntry) {
    let score = entry.score
    precondition(!score.isNaN, "a score that has no place")
    entries.append(Keyed(ordinal: OrderedLeaf.ordinal(score), entry: entry))
  }

  /// The entries in order. O(n), and O(n log n) where scores are equal.
  consuming func sorted() -> [OrderedEntry] {
    if entries.count < 256 { sort(0..<entries.count) } else { sortByBytes() }
    return entries.map(\.entry)
  }

  private mutating func sort(_ range: Range<Int>) {
    entries[range].sort { left, right in
      if left.ordinal != right.ordinal { return left.ordinal < right.ordinal }
      return left.entry.member.compare(right.entry.member) < 0
    }
  }

  private mutating func sortByBytes() {
    var varying: UInt64 = 0
    for entry in entries { varying |= entry.ordinal ^ entries[0].ordinal }
    var others = entries
    for shift in stride(from: UInt64(0), to: 64, by: 8) where varying >> shift & 0xff != 0 {
      Self.distribute(entries, to: &others, by: shift)
      swap(&entries, &others)
    }
    sortMembers()
  }

  /// Moves entries to where they belong by one byte of their ordinals; those of the same one stay in their order.
  private static func distribute(_ entries: [Keyed], to others: inout [Keyed], by shift: UInt64) {
    var places = InlineArray<256, Int>(repeating: 0)
    for entry in entries { places[Int(entry.ordinal >> shift & 0xff)] += 1 }
    var sum = 0
    for byte in 0..<256 {
      let count = places[byte]
      places[byte] = sum
      sum += count
    }
    for entry in entries {
      let byte = Int(entry.ordinal >> shift & 0xff)
      others[places[byte]] = entry
      places[byte] += 1
    }
  }

  /// Sorts each run of equal scores.
  private mutating func sortMembers() {
    var start = 0
    for end in 1...entries.count where end == entries.count || entries[end].ordinal != entries[start].ordinal {
      if end - start > 1 { sort(start..<end) }
      start = end
    }
  }
}
