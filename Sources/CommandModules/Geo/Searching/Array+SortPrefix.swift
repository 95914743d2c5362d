extension Array {
  /// Sorts so far that the first `count` elements are in their places; what follows is in any order.
  ///
  /// Quicksort as in Bentley and McIlroy, "Engineering a Sort Function" (1993), without the parts behind `count`: what
  /// Redis uses, so that elements that are alike come in the same order. `compare` is negative, zero or positive.
  /// O(n + count log count) expected.
  mutating func sortPrefix(_ count: Int, by compare: (Element, Element) -> Double) {
    var parts = [0..<self.count]
    while let part = parts.popLast() {
      if part.count < 7 {
        sortByInsertion(part, compare)
        continue
      }
      let (lower, higher) = partition(part, compare)
      if lower.count > 1 && lower.lowerBound < count { parts.append(lower) }
      if higher.count > 1 && higher.lowerBound < count { parts.append(higher) }
    }
  }

  private mutating func sortByInsertion(_ part: Range<Int>, _ compare: (Element, Element) -> Double) {
    for end in part.dropFirst() {
      var index = end
      while index > part.lowerBound && compare(self[index - 1], self[index]) > 0 {
        swapAt(index, index - 1)
        index -= 1
      }
    }
  }

  /// Moves what is lower than a pivot to the front and what is higher to the back; returns both.
  private mutating func partition(
    _ part: Range<Int>, _ compare: (Element, Element) -> Double
  ) -> (lower: Range<Int>, higher: Range<Int>) {
    let (start, end) = (part.lowerBound, part.upperBound)
    swapAt(start, pivot(part, compare))
    // What is like the pivot gathers at both ends: before `equalEnd`, and behind `equalStart`.
    var (equalEnd, low) = (start + 1, start + 1)
    var (high, equalStart) = (end - 1, end - 1)
    while true {
      while low <= high {
        let order = compare(self[low], self[start])
        if order > 0 { break }
        if order == 0 {
          swapAt(equalEnd, low)
          equalEnd += 1
        }
        low += 1
      }
      while low <= high {
        let order = compare(self[high], self[start])
        if order < 0 { break }
        if order == 0 {
          swapAt(high, equalStart)
          equalStart -= 1
        }
        high -= 1
      }
      if low > high { break }
      swapAt(low, high)
      low += 1
      high -= 1
    }
    let left = Swift.min(equalEnd - start, low - equalEnd)
    for offset in 0..<left { swapAt(start + offset, low - left + offset) }
    let right = Swift.min(equalStart - high, end - equalStart - 1)
    for offset in 0..<right { swapAt(low + offset, end - right + offset) }
    return (start..<start + (low - equalEnd), end - (equalStart - high)..<end)
  }

  /// The median of three elements, or of three such medians.
  private func pivot(_ part: Range<Int>, _ compare: (Element, Element) -> Double) -> Int {
    var (low, middle, high) = (part.lowerBound, part.lowerBound + part.count / 2, part.upperBound - 1)
    if part.count == 7 { return middle }
    if part.count > 40 {
      let step = part.count / 8
      low = median(low, low + step, low + 2 * step, compare)
      middle = median(middle - step, middle, middle + step, compare)
      high = median(high - 2 * step, high - step, high, compare)
    }
    return median(low, middle, high, compare)
  }

  private func median(_ a: Int, _ b: Int, _ c: Int, _ compare: (Element, Element) -> Double) -> Int {
    if compare(self[a], self[b]) < 0 {
      return compare(self[b], self[c]) < 0 ? b : compare(self[a], self[c]) < 0 ? c : a
    }
    return compare(self[b], self[c]) > 0 ? b : compare(self[a], self[c]) < 0 ? a : c
  }
}
