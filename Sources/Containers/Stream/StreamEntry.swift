// Unsafe: elements are views of the node, which lasts as long as the borrow of the stream that gave the entry.

/// An entry of a stream, where it lies: its identifier, and fields with their values. Valid until the stream changes.
@safe
public struct StreamEntry: ~Escapable {
  let item: StreamItem

  @_lifetime(immortal)
  init(_ item: StreamItem) { self.item = item }

  /// The entry's identifier.
  public var id: StreamID { item.id }
  /// How many fields there are.
  public var fieldCount: Int { item.fieldCount }

  /// Visits the fields in their order.
  public func forEachField(_ visit: (_ field: borrowing PackedElement, _ value: borrowing PackedElement) -> Void) {
    var offset = item.fields
    let node = item.node
    if item.hasSameFields {
      var name = StreamNode.headerSize
      for _ in 0..<item.fieldCount { visit(node.element(at: &name), node.element(at: &offset)) }
    } else {
      for _ in 0..<item.fieldCount {
        let field = node.element(at: &offset)
        visit(field, node.element(at: &offset))
      }
    }
  }
}
