/// What a stream is made of, and can be made of again: its entries, node by node, then its state, then each group with
/// its consumers and with what is pending.
public enum StreamElement: ~Escapable {
  /// So many nodes with entries follow.
  case nodes(Int)
  /// A node of so many entries follows.
  case node(entryCount: Int)
  case entry(StreamEntry)
  /// In place of all entries when there are none.
  case noEntries
  case state(lastID: StreamID, entriesAdded: UInt64, maxDeletedID: StreamID, groupCount: Int)
  case group(name: [UInt8], lastID: StreamID, entriesRead: Int64?, pendingCount: Int)
  case consumer(group: [UInt8], name: [UInt8], seenTime: Int64)
  case pending(group: [UInt8], consumer: [UInt8], id: StreamID, deliveryTime: Int64, deliveryCount: Int64)
}

extension Stream {
  /// How many elements `forEachElement` visits. O(nodes and groups).
  public var elementCount: Int {
    var elements = 1 + filledNodeCount + max(1, count) + 1
    for group in state.value.groups { elements += 1 + group.value.consumerCount + group.value.pendingCount }
    return elements
  }

  /// How many nodes have entries that are not deleted. O(nodes).
  var filledNodeCount: Int {
    var filled = 0
    var next = state.value.nodes.first
    while let position = next {
      if StreamNode(bits: position.value).live > 0 { filled += 1 }
      next = position.next
    }
    return filled
  }

  /// Visits a node, and the entries in it.
  static func visit(_ node: StreamNode, _ visit: (_ element: borrowing StreamElement) -> Void) {
    if node.live == 0 { return }
    visit(.node(entryCount: node.live))
    var next: StreamItem? = node.first
    while let item = next {
      if !item.isDeleted { visit(.entry(StreamEntry(item))) }
      next = node.item(after: item)
    }
  }

  /// Visits all elements. O(n).
  public func forEachElement(_ visit: (_ element: borrowing StreamElement) -> Void) {
    visit(.nodes(filledNodeCount))
    if count == 0 { visit(.noEntries) }
    var next = state.value.nodes.first
    while let position = next {
      Self.visit(StreamNode(bits: position.value), visit)
      next = position.next
    }
    let groups = state.value.groups.count
    visit(.state(lastID: lastID, entriesAdded: entriesAdded, maxDeletedID: maxDeletedID, groupCount: groups))
    for place in state.value.groups { place.value.forEachElement(visit) }
  }
}

extension ConsumerGroup {
  fileprivate borrowing func forEachElement(_ visit: (_ element: borrowing StreamElement) -> Void) {
    visit(.group(name: name, lastID: lastID, entriesRead: entriesRead, pendingCount: pendingCount))
    for consumer in allConsumers {
      visit(.consumer(group: name, name: self.name(of: consumer), seenTime: seenTime(of: consumer)))
    }
    let names = namesByNumber
    forEachPending(from: .zero, to: .max) { id, entry in
      visit(
        .pending(
          group: name, consumer: names[Int(entry.consumerNumber)], id: id, deliveryTime: entry.deliveryTime,
          deliveryCount: entry.deliveryCount))
      return true
    }
  }
}
