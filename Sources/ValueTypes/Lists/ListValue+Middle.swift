import Containers
import ServerKernel

// Changes anywhere in a list.
extension ListValue {
  /// Puts an element in the place of that at `position`. O(n + its node).
  public mutating func replace(at position: Int, with element: borrowing Bytes) {
    if let walk { walk.take(around: position, elements) }
    elements.replace(at: position, with: element, Self.limit)
  }

  /// Inserts an element before that at `position`, or at the end when that is `count`. O(n + its node).
  public mutating func insert(_ element: borrowing Bytes, at position: Int) {
    if let walk {
      walk.take(around: position, elements)
      walk.inserted(at: position)
    }
    elements.insert(element, at: position, Self.limit)
  }

  /// Removes the elements at some positions. O(n + two nodes): whole nodes go at once.
  public mutating func removeSubrange(_ range: Range<Int>) {
    var range = range
    if let walk {
      let part = elements.cutNodes(in: range)
      range = range.lowerBound..<range.upperBound - part.positions.count
      walk.removed(part)
      willRemove(range, walk)
    }
    elements.removeSubrange(range)
  }

  /// Removes elements equal to `text`, at most `limit` of them from the beginning, or from the end. Returns how many.
  /// O(count).
  public mutating func removeAll(equalTo text: borrowing Bytes, limit: Int, fromEnd: Bool) -> Int {
    if let walk, walk.needsList {
      var positions: [Int] = []
      elements.forEachPosition(of: text, fromEnd: fromEnd) { position in
        positions.append(position)
        return positions.count < limit && positions.count <= Self.fewRemoved
      }
      if positions.count > Self.fewRemoved {
        walk.take(QuickList.Part(elements.copy(), at: 0..<count))
      } else {
        // The last one first: positions before it stay what they are.
        if !fromEnd { positions.reverse() }
        for position in positions { walk.take(around: position, elements) }
        for position in positions { walk.removed(position..<position + 1) }
      }
    }
    return elements.removeAll(equalTo: text, limit: limit, fromEnd: fromEnd, Self.limit)
  }

  /// Of more elements removed at once the walk gets a copy of the list: removing them reads all of it anyway.
  private static let fewRemoved = 16

  /// The elements at some positions are about to go.
  func willRemove(_ range: Range<Int>, _ walk: ListWalk) {
    if range.isEmpty { return }
    walk.take(range.lowerBound..<range.upperBound, elements)
    walk.take(around: range.lowerBound, elements)
    walk.take(around: range.upperBound - 1, elements)
    walk.removed(range)
  }
}
