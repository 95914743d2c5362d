import Containers
import ServerKernel

/// A list. Sixteen bytes in its key's entry.
///
/// Every change goes through a method here or in ListValue+Middle.swift: it tells the walk of a snapshot first.
struct ListValue: ~Copyable {
  var elements = QuickList()
  /// The walk of a snapshot that takes the list in pieces.
  var walk: ListWalk?

  init() {}

  var count: Int { elements.count }

  /// How large nodes get at present.
  static var limit: QuickList.NodeLimit { QuickList.NodeLimit(Lists.nodeSize.value) }

  /// Adds elements at an end, one after another.
  mutating func push(_ call: borrowing Call, from first: Int, _ end: ListEnd) {
    let limit = Self.limit
    for index in first..<call.count { push(call[index], end, limit) }
  }

  mutating func push(_ element: borrowing Bytes, _ end: ListEnd, _ limit: QuickList.NodeLimit) {
    switch end {
    case .left:
      if let walk { walk.inserted(at: 0) }
      elements.prepend(element, limit)
    case .right: elements.append(element, limit)
    }
  }

  /// The element at an end, which is there.
  func withElement<Result>(at end: ListEnd, _ body: (borrowing PackedElement) -> Result) -> Result {
    guard let element = end == .left ? elements.first : elements.last else {
      preconditionFailure("a list without elements")
    }
    return body(element)
  }

  /// Replies up to `count` elements from an end on, as an array, and removes them; returns how many.
  mutating func pop(_ count: Int, _ end: ListEnd, to reply: Reply) -> Int {
    let size = self.count
    let taken = min(count, size)
    reply.array(taken)
    switch end {
    case .left:
      elements.forEach(in: 0..<taken) { reply.bulk($0) }
      removeSubrange(0..<taken)
    case .right:
      elements.forEachReversed(in: size - taken..<size) { reply.bulk($0) }
      removeSubrange(size - taken..<size)
    }
    return taken
  }

  /// Removes the element at an end.
  mutating func removeOne(_ end: ListEnd) {
    if let walk { willRemove(end == .left ? 0..<1 : count - 1..<count, walk) }
    switch end {
    case .left: elements.removeFirst()
    case .right: elements.removeLast()
    }
  }

  /// The positions from `start` to `stop`, both included; negative ones count from the end.
  func positions(_ start: Int64, _ stop: Int64) -> Range<Int> {
    let size = Int64(count)
    let first = max(0, start < 0 ? start + size : start)
    let last = min(size - 1, stop < 0 ? stop + size : stop)
    return first > last ? 0..<0 : Int(first)..<Int(last) + 1
  }

  /// The position that an index stands for; nil when it is out of range.
  func position(_ index: Int64) -> Int? {
    let position = index < 0 ? index + Int64(count) : index
    return position >= 0 && position < Int64(count) ? Int(position) : nil
  }
}

extension ListValue: StoredValue {
  static var typeName: StaticString { "list" }
  static var digestNumber: UInt32 { 1 }

  var isEmpty: Bool { elements.isEmpty }
  var encodingName: StaticString { "quicklist" }
  var freeEffort: Int { elements.nodeCount }

  func copy() -> ListValue {
    var copy = ListValue()
    copy.elements = elements.copy()
    return copy
  }

  /// Known exactly, so nothing is sampled.
  func memoryUse(samples: Int) -> Int { elements.memoryUse }

  static var elementCommand: ElementCommand { ElementCommand("RPUSH") }
  var elementCount: Int { count }

  func writeElements(into writer: inout ElementWriter) { elements.forEach(in: 0..<count) { writer.write($0) } }

  init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    self.init()
    let limit = Self.limit
    for _ in 0..<elementCount { try reader.read { elements.append($0, limit) } }
  }

  func digest(into digest: inout ValueDigest) {
    elements.forEach(in: 0..<count) { digest.mix($0) }
  }
}
