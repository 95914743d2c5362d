// Unsafe: a walk owns the nodes that were put aside and the groups that were removed.

/// What a walk needs of the pending entries of a group that it has not written yet.
struct PendingWalk {
  /// The number of the walk: entries that carry it are newer, or were put aside.
  let number: UInt32
  /// Entries as they were before they changed or went.
  private let aside: Place<IdentifierTree<PendingEntry>>
  private var cursor = StreamID.zero
  /// The first has not been written.
  private var isAtStart = true

  init(number: UInt32) {
    self.number = number
    aside = Place(IdentifierTree())
  }

  mutating func putAside(_ id: StreamID, _ entry: PendingEntry) {
    if isAtStart || id > cursor { aside.value.insert(id, entry) }
  }

  /// Visits some more of the entries as they were when the walk began; false when there are no more.
  mutating func advance(
    _ entries: borrowing IdentifierTree<PendingEntry>, limit: Int, _ visit: (StreamID, PendingEntry) -> Void
  ) -> Bool {
    guard let start = isAtStart ? StreamID.zero : cursor.successor else { return false }
    var own = entries.position(from: start)
    var put = aside.value.position(from: start)
    for _ in 0..<limit {
      var isOwnNext = own != nil
      if let own, let put { isOwnNext = own.identifier < put.identifier }
      if isOwnNext, let position = own {
        // What was put aside is written from there, what is new is not written.
        if position.value.walk != number { visit(position.identifier, position.value) }
        cursor = position.identifier
        own = position.next
      } else if let position = put {
        visit(position.identifier, position.value)
        cursor = position.identifier
        put = position.next
        // Not by optional chaining, which reads a nil position where builds are not optimised.
        if let current = own, current.identifier == cursor { own = current.next }
      } else {
        return false
      }
      isAtStart = false
    }
    return true
  }

  func free() { unsafe aside.free() }
}

/// A stream as it was when a walk began, while it goes on changing.
///
/// Nodes carry the number of the last walk that is done with them: one that a walk is still to come to is copied before
/// it changes, or kept when it goes, and pending entries likewise. What there is of groups and consumers beside pending
/// entries is noted at the beginning.
struct StreamWalk: ~Copyable {
  /// A group as it was.
  struct Group {
    let name: [UInt8]
    let lastID: StreamID
    let entriesRead: Int64?
    let pendingCount: Int
    let place: Place<ConsumerGroup>
    /// Consumers by name, and the names by their numbers.
    let consumers: [(name: [UInt8], seenTime: Int64)]
    let names: [[UInt8]]
    /// It was removed since, and is the walk's.
    var isOwned = false
    /// The walk needs nothing more of it; it may be gone.
    var isDone = false
  }

  let lastID: StreamID
  let maxDeletedID: StreamID
  let entriesAdded: UInt64
  let isEmpty: Bool
  let nodeCount: Int
  /// Nodes as they were before they changed or went.
  private(set) var aside = IdentifierTree<UInt>()
  private(set) var groups: [Group]
  /// The stage of the walk.
  var stage = Stage.nodes
  var cursor: StreamID?

  /// What comes next.
  enum Stage {
    case nodes, entries, state
    case group(Int)
    case consumer(Int, Int)
    case pending(Int)
    case done
  }

  init(_ stream: borrowing Stream) {
    lastID = stream.lastID
    maxDeletedID = stream.maxDeletedID
    entriesAdded = stream.entriesAdded
    isEmpty = stream.count == 0
    nodeCount = stream.filledNodeCount
    groups = stream.state.value.groups.map { place in
      Group(
        name: place.value.name, lastID: place.value.lastID, entriesRead: place.value.entriesRead,
        pendingCount: place.value.pendingCount, place: place,
        consumers: place.value.allConsumers.map { (place.value.name(of: $0), place.value.seenTime(of: $0)) },
        names: place.value.namesByNumber)
    }
  }

  mutating func put(aside node: StreamNode) { aside.insert(node.firstID, node.bits) }

  /// Takes a group over that was removed; false when the walk is done with it, or never knew it.
  mutating func adopt(_ group: Place<ConsumerGroup>) -> Bool {
    guard let index = groups.firstIndex(where: { $0.place == group && !$0.isDone }) else { return false }
    groups[index].isOwned = true
    return true
  }

  /// The walk is done with a group.
  mutating func release(_ index: Int) {
    let group = groups[index]
    if group.isDone { return }
    groups[index].isDone = true
    group.place.value.walk?.free()
    group.place.value.walk = nil
    if group.isOwned { unsafe group.place.free() }
  }

  /// Takes the first node that was put aside, for the caller to free.
  mutating func takeAside(_ id: StreamID) { aside.remove(id) }

  deinit {
    let isOwner = Heap.shared.isOwnedByCallingThread
    aside.forEach { _, bits in StreamNode(bits: bits).freeAnywhere(.shared, isOwner: isOwner) }
    for group in groups where group.isOwned && !group.isDone { unsafe group.place.free() }
  }
}
