/// What a stream is made of, and can be made of again: its entries, then its state, then each group with its consumers
/// and with what is pending.
public enum StreamElement: ~Escapable {
  case entry(StreamEntry)
  /// In place of all entries when there are none.
  case noEntries
  case state(lastID: StreamID, entriesAdded: UInt64, maxDeletedID: StreamID)
  case group(name: [UInt8], lastID: StreamID, entriesRead: Int64?)
  case consumer(group: [UInt8], name: [UInt8], seenTime: Int64)
  case pending(group: [UInt8], consumer: [UInt8], id: StreamID, deliveryTime: Int64, deliveryCount: Int64)
}

extension Stream {
  /// How many elements `forEachElement` visits.
  public var elementCount: Int {
    var elements = max(1, count) + 1
    for group in state.value.groups { elements += 1 + group.value.consumerCount + group.value.pendingCount }
    return elements
  }

  /// Visits all elements. O(n).
  public func forEachElement(_ visit: (_ element: borrowing StreamElement) -> Void) {
    if count == 0 { visit(.noEntries) }
    forEach(from: .zero, to: .max) { entry in
      visit(.entry(copy entry))
      return true
    }
    visit(.state(lastID: lastID, entriesAdded: entriesAdded, maxDeletedID: maxDeletedID))
    for place in state.value.groups { place.value.forEachElement(visit) }
  }
}

extension ConsumerGroup {
  fileprivate borrowing func forEachElement(_ visit: (_ element: borrowing StreamElement) -> Void) {
    visit(.group(name: name, lastID: lastID, entriesRead: entriesRead))
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
