import Containers
import ServerKernel

extension ListValue: StoredValue {
  public static var typeName: StaticString { "list" }
  public static var digestNumber: UInt32 { 1 }

  public static var parameters: [Parameter] {
    [
      nodeSize.parameter,
      compressDepth.parameter.warningUnlessDefault(
        "WARNING: list-compress-depth is accepted, but lists are not compressed: it has no effect."),
    ]
  }

  @inlinable public var isEmpty: Bool { elements.isEmpty }
  public var encodingName: StaticString { "quicklist" }
  public var freeEffort: Int { elements.nodeCount }

  public func copy() -> ListValue {
    var copy = ListValue()
    copy.elements = elements.copy()
    return copy
  }

  /// Known exactly, so nothing is sampled.
  public func memoryUse(samples: Int) -> Int { elements.memoryUse }

  public static var elementCommand: ElementCommand { ElementCommand("RPUSH") }
  public var elementCount: Int { count }

  public func writeElements(into writer: inout ElementWriter) { elements.forEach(in: 0..<count) { writer.write($0) } }

  public init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    self.init()
    let limit = Self.limit
    for _ in 0..<elementCount { try reader.read { elements.append($0, limit) } }
  }

  public static var sortableElements: SortableElements { .ordered }

  public func forEachSortable(
    in positions: Range<Int>, reversed: Bool, _ visit: (_ element: borrowing PackedElement) -> Void
  ) {
    if reversed {
      elements.forEachReversed(in: count - positions.upperBound..<count - positions.lowerBound, visit)
    } else {
      elements.forEach(in: positions, visit)
    }
  }

  public func digest(into digest: inout ValueDigest) {
    elements.forEach(in: 0..<count) { digest.mix($0) }
  }
}
