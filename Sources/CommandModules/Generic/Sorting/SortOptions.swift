import ServerKernel

/// The options of SORT and SORT_RO.
struct SortOptions {
  var isDescending = false
  /// By bytes, and not as numbers.
  var isAlphabetic = false
  /// A pattern without `*` was given to sort by: the same for all, so that nothing is to be sorted.
  var keepsOrder = false
  /// What is sorted by instead of the elements.
  var by: SortPattern?
  var gets: [SortPattern] = []
  /// The argument that is the destination, 0 without one.
  var destination = 0
  private var start: Int64 = 0
  /// Negative without a limit.
  private var limit: Int64 = -1

  init(_ call: borrowing Call, allowingStore: Bool) throws(CommandError) {
    var index = 2
    while index < call.count {
      let left = call.count - index - 1
      if call.matches(index, "ASC") {
        isDescending = false
      } else if call.matches(index, "DESC") {
        isDescending = true
      } else if call.matches(index, "ALPHA") {
        isAlphabetic = true
      } else if call.matches(index, "LIMIT") && left >= 2 {
        start = try call.integer(index + 1)
        limit = try call.integer(index + 2)
        index += 2
      } else if allowingStore && call.matches(index, "STORE") && left >= 1 {
        destination = index + 1
        index += 1
      } else if call.matches(index, "BY") && left >= 1 {
        let pattern = SortPattern(call, index + 1)
        by = pattern
        if !pattern.hasPlaceholder { keepsOrder = true }
        index += 1
      } else if call.matches(index, "GET") && left >= 1 {
        gets.append(SortPattern(call, index + 1))
        index += 1
      } else {
        throw .syntax
      }
      index += 1
    }
  }

  /// Which of `count` elements, in their order, are asked for.
  func positions(_ count: Int) -> Range<Int> {
    let first = Int(min(max(start, 0), Int64(count)))
    let rest = count - first
    return first..<first + (limit < 0 ? rest : Int(min(limit, Int64(rest))))
  }
}
