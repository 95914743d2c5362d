// Unsafe: the walk is freed at its end.

// A walk in pieces over the elements as they were when it began, whatever changes meanwhile.
extension Stream {
  /// Begins a walk. O(nodes, groups and consumers).
  public mutating func beginWalk() {
    endWalk()
    state.value.walkNumber &+= 1
    let number = state.value.walkNumber
    state.value.walk = Place(StreamWalk(self))
    for group in state.value.groups { group.value.walk = PendingWalk(number: number) }
  }

  /// Visits some more elements, those of a node or `limit` others; false when there are no more.
  public mutating func continueWalk(limit: Int, _ visit: (_ element: borrowing StreamElement) -> Void) -> Bool {
    guard let walk = state.value.walk else { return false }
    switch walk.value.stage {
    case .nodes:
      visit(.nodes(walk.value.nodeCount))
      walk.value.stage = .entries
    case .entries:
      if walk.value.isEmpty {
        visit(.noEntries)
      } else if visitNode(walk, visit) {
        return true
      }
      walk.value.stage = .state
    case .state:
      visit(
        .state(
          lastID: walk.value.lastID, entriesAdded: walk.value.entriesAdded, maxDeletedID: walk.value.maxDeletedID,
          groupCount: walk.value.groups.count))
      walk.value.stage = walk.value.groups.isEmpty ? .done : .group(0)
    case .group(let index):
      let group = walk.value.groups[index]
      visit(
        .group(
          name: group.name, lastID: group.lastID, entriesRead: group.entriesRead, pendingCount: group.pendingCount))
      walk.value.stage = .consumer(index, 0)
    case .consumer(let index, let first):
      let group = walk.value.groups[index]
      let end = min(group.consumers.count, first + limit)
      for consumer in group.consumers[first..<end] {
        visit(.consumer(group: group.name, name: consumer.name, seenTime: consumer.seenTime))
      }
      walk.value.stage = end < group.consumers.count ? .consumer(index, end) : .pending(index)
    case .pending(let index):
      if visitPending(walk.value.groups[index], limit, visit) { return true }
      walk.value.release(index)
      walk.value.stage = index + 1 < walk.value.groups.count ? .group(index + 1) : .done
    case .done: return false
    }
    return true
  }

  /// Ends the walk, at its end or before.
  public mutating func endWalk() {
    guard let walk = state.value.walk else { return }
    state.value.walk = nil
    for index in walk.value.groups.indices { walk.value.release(index) }
    unsafe walk.free()
  }

  /// Visits the entries of the next node as it was; false when there is none.
  private func visitNode(
    _ walk: Place<StreamWalk>, _ visit: (_ element: borrowing StreamElement) -> Void
  ) -> Bool {
    guard let start = walk.value.cursor == nil ? .zero : walk.value.cursor?.successor else { return false }
    var own = state.value.nodes.position(from: start)
    while let position = own, StreamNode(bits: position.value).walk == state.value.walkNumber { own = position.next }
    let aside = walk.value.aside.first
    var isAsideNext = aside != nil
    if let aside, let own { isAsideNext = aside.identifier < own.identifier }
    if isAsideNext, let aside {
      let node = StreamNode(bits: aside.value)
      Self.visit(node, visit)
      walk.value.cursor = aside.identifier
      walk.value.takeAside(aside.identifier)
      node.free(.shared)
      return true
    }
    guard let own else { return false }
    let node = StreamNode(bits: own.value)
    Self.visit(node, visit)
    node.walk = state.value.walkNumber
    walk.value.cursor = own.identifier
    return true
  }

  /// Visits some more of what was pending in a group; false when there is no more.
  private func visitPending(
    _ group: StreamWalk.Group, _ limit: Int, _ visit: (_ element: borrowing StreamElement) -> Void
  ) -> Bool {
    group.place.value.advanceWalk(limit: limit) { id, entry in
      visit(
        .pending(
          group: group.name, consumer: group.names[Int(entry.consumerNumber)], id: id,
          deliveryTime: entry.deliveryTime, deliveryCount: entry.deliveryCount))
    }
  }
}

extension ConsumerGroup {
  fileprivate mutating func advanceWalk(limit: Int, _ visit: (StreamID, PendingEntry) -> Void) -> Bool {
    guard var walk else { return false }
    let hasMore = walk.advance(entries, limit: limit, visit)
    self.walk = walk
    return hasMore
  }
}
