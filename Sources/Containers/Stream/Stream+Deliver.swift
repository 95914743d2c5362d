// What a group's consumers are given, and how far that is from the end.
//
// Source of how entries are counted: Redis 7.0 `t_stream.c`. A group counts what it reads for as long as nothing that
// it has before it was removed by name; then the count is known at the ends of the stream only.
extension Stream {
  /// Gives a consumer of the group number `number` the next entries, `limit` at most unless that is 0, and passes them
  /// on until `visit` returns false; the group then has read them. They are pending unless `isAcknowledged`. Returns
  /// how many there were. O(log n + node + visited).
  public mutating func deliver(
    _ number: Int, to consumer: ConsumerGroup.Consumer, limit: Int, time: Int64, isAcknowledged: Bool,
    _ visit: (_ entry: borrowing StreamEntry) -> Bool
  ) -> Int {
    let group = state.value.groups[number]
    guard let first = group.value.lastID.successor else { return 0 }
    var delivered = 0
    forEach(from: first, to: .max) { entry in
      let id = entry.id
      if let read = group.value.entriesRead, !hasTombstones(from: id) {
        group.value.entriesRead = read.addingSaturated(1)
      } else if entriesAdded > 0 {
        group.value.entriesRead = entriesRead(upTo: id)
      }
      group.value.lastID = id
      if !isAcknowledged { group.value.setPending(id, consumer, deliveryTime: time, deliveryCount: 1) }
      delivered += 1
      return visit(entry) && delivered != limit
    }
    return delivered
  }

  /// Gives a consumer again what is pending for it from `first` on, `limit` at most unless that is 0. An entry that is
  /// in the stream no more is passed on as nil. O(log n) for each.
  public mutating func redeliver(
    _ number: Int, to consumer: ConsumerGroup.Consumer, from first: StreamID, limit: Int, time: Int64,
    _ visit: (_ id: StreamID, _ entry: borrowing StreamEntry?) -> Bool
  ) {
    let group = state.value.groups[number]
    var visited = 0
    var next: StreamID? = first
    while let from = next, let id = group.value.firstPending(of: consumer, from: from) {
      var goesOn = false
      if let item = item(id), let pending = group.value.pending(id) {
        goesOn = visit(id, StreamEntry(item))
        group.value.setPending(
          id, consumer, deliveryTime: time, deliveryCount: pending.deliveryCount.addingSaturated(1))
      } else {
        goesOn = visit(id, nil)
      }
      visited += 1
      if !goesOn || visited == limit { return }
      next = id.successor
    }
  }

  /// Whether an entry at or behind `id` was removed by its name.
  private func hasTombstones(from id: StreamID) -> Bool {
    count > 0 && maxDeletedID != .zero && maxDeletedID >= firstID && id <= maxDeletedID
  }

  /// How many entries there were up to `id`, of all that were ever added; nil when that cannot be told.
  public func entriesRead(upTo id: StreamID) -> Int64? {
    let added = Int64(clamping: entriesAdded)
    if added == 0 { return 0 }
    if count == 0 && id <= lastID || id == lastID { return added }
    if id > lastID { return nil }
    if maxDeletedID == .zero || maxDeletedID < firstID {
      if id < firstID { return added.subtractingSaturated(Int64(count)) }
      if id == firstID { return added.subtractingSaturated(Int64(count)).addingSaturated(1) }
    }
    return nil
  }

  /// How many entries the group of a number has before it; nil when that cannot be told.
  public func lag(ofGroup number: Int) -> Int64? {
    if entriesAdded == 0 { return 0 }
    let group = state.value.groups[number]
    let added = Int64(clamping: entriesAdded)
    if let read = group.value.entriesRead, !hasTombstones(from: group.value.lastID) {
      return added.subtractingSaturated(read)
    }
    return entriesRead(upTo: group.value.lastID).map { added.subtractingSaturated($0) }
  }
}
