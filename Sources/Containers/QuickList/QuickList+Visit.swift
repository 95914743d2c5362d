// Unsafe: visitors are given views of entries, which last for the call.

extension QuickList {
  /// Visits the elements at some positions in their order. O(nodes + range.count).
  public func forEach(in range: Range<Int>, _ visit: (borrowing PackedElement) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "quick list position out of range")
    if range.isEmpty { return }
    let place = locate(range.lowerBound)
    var number = place.node
    var rest = range.count
    var node = node(number)
    var offset = node.offset(of: place.position)
    while true {
      while rest > 0 && offset < Int(node.end) {
        unsafe visit(node.element(at: offset))
        offset += node.entryCount(offset)
        rest -= 1
      }
      if rest == 0 { return }
      number += 1
      node = self.node(number)
      offset = Int(node.start)
    }
  }

  /// Visits the elements at some positions, the last one first. O(nodes + range.count).
  public func forEachReversed(in range: Range<Int>, _ visit: (borrowing PackedElement) -> Void) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "quick list position out of range")
    if range.isEmpty { return }
    let place = locate(range.upperBound - 1)
    var number = place.node
    var rest = range.count
    var node = node(number)
    var offset = node.offset(of: place.position + 1)
    while true {
      while rest > 0 && offset > Int(node.start) {
        offset = node.entryStart(before: offset)
        unsafe visit(node.element(at: offset))
        rest -= 1
      }
      if rest == 0 { return }
      number -= 1
      node = self.node(number)
      offset = Int(node.end)
    }
  }

  /// Visits the positions of elements equal to `text` among the first `limit` elements, or the last ones from the end
  /// on, until `visit` returns false. O(limit).
  public func forEachPosition(
    of text: borrowing Bytes, limit: Int = .max, fromEnd: Bool = false, _ visit: (Int) -> Bool
  ) {
    let wanted = PackedHead(text)
    var position = fromEnd ? count : 0
    var rest = limit
    for step in 0..<nodeCount {
      let node = node(fromEnd ? nodeCount - 1 - step : step)
      var offset = Int(fromEnd ? node.end : node.start)
      for _ in 0..<node.count {
        if rest <= 0 { return }
        rest -= 1
        if fromEnd {
          offset = node.entryStart(before: offset)
          position -= 1
          if node.holds(text, wanted, at: offset), !visit(position) { return }
        } else {
          if node.holds(text, wanted, at: offset), !visit(position) { return }
          offset += node.entryCount(offset)
          position += 1
        }
      }
    }
  }
}
