/// The longest common subsequence of two strings, by the table of the lengths for all their prefixes.
///
/// O(n * m) time and memory, four bytes a cell.
struct CommonSubsequence {
  private let first: [UInt8]
  private let second: [UInt8]
  /// Row by row: how long it is for so many bytes of the first and of the second string.
  private let lengths: [UInt32]

  init(_ first: [UInt8], _ second: [UInt8]) {
    self.first = first
    self.second = second
    let width = second.count + 1
    var lengths = [UInt32](repeating: 0, count: (first.count + 1) * width)
    for row in 0..<first.count {
      let byte = first[row]
      var above = row * width
      var left: UInt32 = 0
      for column in 0..<second.count {
        left = byte == second[column] ? lengths[above] + 1 : max(lengths[above + 1], left)
        above += 1
        lengths[above + width] = left
      }
    }
    self.lengths = lengths
  }

  /// Its length.
  var count: Int { Int(lengths[lengths.count - 1]) }

  /// Bytes that stand one after another in both strings: where they begin, and how many they are.
  struct Match {
    var first: Int
    var second: Int
    var count: Int
  }

  /// Calls `visit` with the positions of each common byte, from the last to the first; where there is a choice, with
  /// those that Redis takes.
  private func forEach(_ visit: (Int, Int) -> Void) {
    let width = second.count + 1
    var row = first.count
    var column = second.count
    while row > 0 && column > 0 {
      if first[row - 1] == second[column - 1] {
        row -= 1
        column -= 1
        visit(row, column)
      } else if lengths[(row - 1) * width + column] > lengths[row * width + column - 1] {
        row -= 1
      } else {
        column -= 1
      }
    }
  }

  /// The subsequence itself.
  var subsequence: [UInt8] {
    var reversed: [UInt8] = []
    reversed.reserveCapacity(count)
    forEach { row, _ in reversed.append(first[row]) }
    return reversed.reversed()
  }

  /// Its parts, from the last to the first.
  var matches: [Match] {
    var matches: [Match] = []
    forEach { row, column in
      if let last = matches.indices.last, matches[last].first == row + 1, matches[last].second == column + 1 {
        matches[last] = Match(first: row, second: column, count: matches[last].count + 1)
      } else {
        matches.append(Match(first: row, second: column, count: 1))
      }
    }
    return matches
  }
}
