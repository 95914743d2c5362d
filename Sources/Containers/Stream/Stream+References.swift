/// What becomes of the references that groups have to an entry that is removed.
public enum ReferencePolicy: Sendable {
  /// They stay.
  case keep
  /// They go with the entry.
  case delete
  /// An entry to which there are any is not removed.
  case needNone
}

// A group refers to an entry that is pending in it, and to one that it is still to read.
extension Stream {
  /// Whether a group is still to read an entry, or has it pending. O(groups log n).
  public func isReferenced(_ id: StreamID) -> Bool {
    for group in state.value.groups where group.value.lastID < id || group.value.pending(id) != nil { return true }
    return false
  }

  /// Ends that an entry is pending, in all groups. O(groups log n).
  public mutating func removeReferences(to id: StreamID) {
    for group in state.value.groups { group.value.acknowledge(id) }
  }

  /// Whether removing a node is removing its entries as the policy says: it is no matter to groups. O(groups log n).
  func canRemoveWhole(_ node: StreamNode, _ policy: ReferencePolicy) -> Bool {
    if policy == .keep { return true }
    let (first, last) = (node.firstID, node.last.id)
    for group in state.value.groups {
      if policy == .needNone && group.value.lastID < last { return false }
      if let pending = group.value.firstPending(from: first), pending <= last { return false }
    }
    return true
  }

  /// The last identifier that all groups have read: entries behind it are referenced. O(groups).
  var lastIDReadByAll: StreamID {
    var last = StreamID.max
    for group in state.value.groups { last = min(last, group.value.lastID) }
    return last
  }
}
