// Unsafe: groups are freed when they are removed.

extension Stream {
  /// How many groups there are. O(1).
  public var groupCount: Int { state.value.groups.count }

  /// Where a group of this name stands in the order, or would.
  private func position(_ name: borrowing Bytes) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, groupCount)
    while low < high {
      let middle = (low + high) / 2
      let comparison = state.value.groups[middle].value.name.bytes.compare(name)
      if comparison == 0 { return (middle, true) }
      if comparison < 0 { low = middle + 1 } else { high = middle }
    }
    return (low, false)
  }

  /// The number of the group of this name, in the order of names; nil when there is none. O(log groups).
  public func group(_ name: borrowing Bytes) -> Int? {
    let (index, isThere) = position(name)
    return isThere ? index : nil
  }

  /// Passes on the group of a number, to be read.
  public func withGroup<Result, Failure: Error>(
    _ number: Int, _ body: (borrowing ConsumerGroup) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try body(state.value.groups[number].value)
  }

  /// Passes on the group of a number, to be changed.
  public mutating func changeGroup<Result, Failure: Error>(
    _ number: Int, _ body: (inout ConsumerGroup) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let group = state.value.groups[number]
    return try body(&group.value)
  }

  /// Adds a group; false when there is one of this name. O(groups).
  public mutating func addGroup(_ name: borrowing Bytes, lastID: StreamID, entriesRead: Int64?) -> Bool {
    let (index, isThere) = position(name)
    if isThere { return false }
    state.value.groups.insert(Place(ConsumerGroup(name.array, lastID: lastID, entriesRead: entriesRead)), at: index)
    return true
  }

  /// Blocks of a group that the disposal thread frees instead.
  private static var mostFreedAtOnce: Int { 64 }

  /// Removes a group with its consumers and all that is pending. O(consumers).
  public mutating func removeGroup(_ number: Int) {
    let group = state.value.groups.remove(at: number)
    // A walk that is still to come to it keeps it.
    if let walk = state.value.walk, walk.value.adopt(group) { return }
    if group.value.freeEffort <= Self.mostFreedAtOnce { return unsafe group.free() }
    Disposal.free(0, bytes: group.value.memoryUse, GroupRemains(group: group).free)
  }
}

/// Carries a group to the disposal thread.
private final class GroupRemains: @unchecked Sendable {
  private let group: Place<ConsumerGroup>

  init(group: Place<ConsumerGroup>) { self.group = group }

  func free() { unsafe group.free() }
}
