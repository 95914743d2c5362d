extension IntegerSet {
  /// Visits the integers that are in both sets in ascending order, until `visit` returns false; true when all were
  /// visited. O(count + other.count), or O(smaller * log larger) where that is less.
  @discardableResult
  public func forEachCommon(_ other: borrowing IntegerSet, while visit: (Int64) -> Bool) -> Bool {
    if count > other.count { return other.forEachCommon(self, while: visit) }
    // A search takes about as long as some steps over elements one by one.
    let isSparse = other.count / 16 > count
    let width = self.width, otherWidth = other.width
    var candidate = 0
    for position in 0..<count {
      let value = load(position, width)
      if isSparse {
        candidate = other.lowerBound(value, from: candidate)
      } else {
        while candidate < other.count && other.load(candidate, otherWidth) < value { candidate += 1 }
      }
      if candidate == other.count { return true }
      if other.load(candidate, otherWidth) == value && !visit(value) { return false }
    }
    return true
  }

  /// Adds the integers of another set. O(count + other.count).
  public mutating func formUnion(_ other: borrowing IntegerSet) {
    if other.isEmpty { return }
    // What comes behind all others is appended; so is all of it to an empty set.
    if isEmpty || other[0] > self[count - 1] { return other.forEach { append($0) } }
    let union = merged(with: other)
    self = union
  }

  /// Removes the integers that another set has. O(count + other.count).
  public mutating func subtract(_ other: borrowing IntegerSet) {
    let width = other.width
    var candidate = 0
    removeAll { value in
      while candidate < other.count && other.load(candidate, width) < value { candidate += 1 }
      return candidate == other.count || other.load(candidate, width) != value
    }
  }

  private func merged(with other: borrowing IntegerSet) -> IntegerSet {
    var union = IntegerSet()
    let wider = width.rawValue < other.width.rawValue ? other.width : width
    union.reserve(max(count, other.count), wider)
    let width = self.width, otherWidth = other.width
    var left = 0, right = 0
    while left < count && right < other.count {
      let a = load(left, width), b = other.load(right, otherWidth)
      union.append(min(a, b))
      left += a <= b ? 1 : 0
      right += b <= a ? 1 : 0
    }
    while left < count {
      union.append(load(left, width))
      left += 1
    }
    while right < other.count {
      union.append(other.load(right, otherWidth))
      right += 1
    }
    return union
  }
}
