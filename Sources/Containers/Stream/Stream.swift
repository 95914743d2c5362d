// Unsafe: the struct owns its state and the nodes' blocks.

/// What a stream keeps beside its nodes.
struct StreamState: ~Copyable {
  /// Nodes by their first identifiers.
  var nodes = IdentifierTree<UInt>()
  /// Bytes of their blocks.
  var nodeBytes = 0
  var count = 0
  var lastID = StreamID.zero
  var firstID = StreamID.zero
  var maxDeletedID = StreamID.zero
  var entriesAdded: UInt64 = 0
  /// Consumer groups by name.
  var groups: [Place<ConsumerGroup>] = []
  /// The walk that is under way, and how many there have been.
  var walk: Place<StreamWalk>?
  var walkNumber: UInt32 = 0

  /// Frees what the state holds by address.
  mutating func free() {
    let isOwner = Heap.shared.isOwnedByCallingThread
    nodes.forEach { _, bits in StreamNode(bits: bits).freeAnywhere(.shared, isOwner: isOwner) }
    for group in groups { unsafe group.free() }
    if let walk { unsafe walk.free() }
  }
}

/// Entries of fields with values in the order of their identifiers, and the groups of consumers that read them.
///
/// Some dozens of entries with much the same fields share a node (StreamNode.swift): an entry of one field with a value
/// of ten bytes takes 17 bytes, and its part of the node. Adding at the end is O(1), finding an identifier O(log n),
/// and nodes at the front are removed in O(1) each. Only the thread that owns the heap may change a stream; another
/// may end it.
@safe
public struct Stream: ~Copyable, @unchecked Sendable {
  let state: Place<StreamState>

  /// A stream without entries and groups.
  public init() { state = Place(StreamState()) }

  deinit {
    state.value.free()
    unsafe state.free()
  }

  /// How many entries there are. O(1).
  public var count: Int { state.value.count }
  /// The identifier of the first entry; zero when there is none. O(1).
  public var firstID: StreamID { state.value.firstID }
  /// How many nodes there are. O(1).
  public var nodeCount: Int { state.value.nodes.count }
  /// How many entries were ever added. O(1).
  public var entriesAdded: UInt64 {
    get { state.value.entriesAdded }
    set { state.value.entriesAdded = newValue }
  }
  /// The identifier of the entry that was added last. O(1).
  public var lastID: StreamID {
    get { state.value.lastID }
    set { state.value.lastID = newValue }
  }
  /// The greatest identifier of an entry that was removed by its name. O(1).
  public var maxDeletedID: StreamID {
    get { state.value.maxDeletedID }
    set { state.value.maxDeletedID = newValue }
  }

  /// Bytes that the stream takes beside the struct. O(groups and consumers).
  public var memoryUse: Int {
    var bytes = MemoryLayout<StreamState>.size + state.value.nodeBytes + state.value.nodes.byteCount
    for group in state.value.groups { bytes += group.value.memoryUse }
    return bytes
  }

  /// About how many allocations freeing takes. O(groups and consumers).
  public var freeEffort: Int {
    var blocks = state.value.nodes.count
    for group in state.value.groups { blocks += group.value.freeEffort }
    return blocks
  }

  /// A stream with the same content in blocks of its own. O(bytes).
  public func copy() -> Stream {
    let twin = Stream()
    twin.state.value.nodes = state.value.nodes.map { StreamNode(bits: $0).copy(.shared).bits }
    twin.state.value.nodes.forEach { _, bits in
      let node = StreamNode(bits: bits)
      node.walk = 0
      twin.state.value.nodeBytes += node.capacity
    }
    twin.state.value.count = count
    twin.state.value.lastID = lastID
    twin.state.value.firstID = firstID
    twin.state.value.maxDeletedID = maxDeletedID
    twin.state.value.entriesAdded = entriesAdded
    twin.state.value.groups = state.value.groups.map { Place($0.value.copy()) }
    return twin
  }

  /// How large nodes get.
  public struct NodeLimit: Sendable {
    let bytes: Int
    let count: Int

    /// The largest entry, bytes of its elements; and the largest node.
    public static var largest: Int { 1 << 30 }

    /// Nodes of so many bytes, as a listpack would take, and entries; 0 of either stands for any number.
    public init(bytes: Int, count: Int) {
      self.bytes = bytes == 0 || bytes > Self.largest ? Self.largest : bytes
      self.count = count == 0 ? .max : count
    }
  }

  /// Adds an entry behind all others: its identifier is greater than `lastID`. False when it is too large. O(bytes of
  /// the entry), amortised.
  public mutating func append(
    _ id: StreamID, fieldCount: Int, limit: NodeLimit, _ fields: StreamFields
  ) -> Bool {
    precondition(id > lastID, "an entry behind the last one")
    let last = state.value.nodes.last
    let node = last.map { StreamNode(bits: $0.value) }
    let sizes = StreamFieldSizes(fields, count: fieldCount, node)
    if sizes.textBytes > NodeLimit.largest { return false }
    if let last, let node, node.listpackBytes + sizes.textBytes < limit.bytes, node.live + node.deleted < limit.count {
      willChange(node)
      let moved = node.appending(.shared, id, fieldCount: fieldCount, fields, sizes, &state.value.nodeBytes)
      if moved != node { state.value.nodes.replace(last, moved.bits) }
    } else {
      if let last, let node { close(node, last) }
      let new = StreamNode.make(
        .shared, id, fieldCount: fieldCount, fields, sizes, walk: state.value.walkNumber)
      state.value.nodeBytes += new.capacity
      state.value.nodes.insert(id, new.bits)
    }
    state.value.count += 1
    state.value.entriesAdded &+= 1
    state.value.lastID = id
    if state.value.count == 1 { state.value.firstID = id }
    return true
  }

  /// Gives back the room of a node that gets no more entries.
  private func close(_ node: StreamNode, _ position: IdentifierTree<UInt>.Position) {
    state.value.nodeBytes -= node.capacity
    let trimmed = node.trimmed(.shared)
    state.value.nodeBytes += trimmed.capacity
    if trimmed != node { state.value.nodes.replace(position, trimmed.bits) }
  }

  /// A walk that has not come to the node gets a copy of it, before it changes.
  func willChange(_ node: StreamNode) {
    guard let walk = state.value.walk, node.walk != state.value.walkNumber else { return }
    node.walk = state.value.walkNumber
    walk.value.put(aside: node.copy(.shared))
  }
}

extension StreamNode {
  /// As `appending`, and keeps count of the bytes of all blocks.
  fileprivate func appending(
    _ heap: Heap, _ id: StreamID, fieldCount: Int, _ fields: StreamFields, _ sizes: StreamFieldSizes,
    _ bytes: inout Int
  ) -> StreamNode {
    let before = capacity
    let moved = appending(heap, id, fieldCount: fieldCount, fields, sizes)
    bytes += moved.capacity - before
    return moved
  }
}
