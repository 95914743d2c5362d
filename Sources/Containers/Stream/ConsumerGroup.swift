// Unsafe: the group frees its consumers, to which nothing else leads.

/// An entry that a consumer was given and has not acknowledged.
public struct PendingEntry: BitwiseCopyable, Sendable {
  /// When it was given last, Unix milliseconds.
  public var deliveryTime: Int64
  /// How often it was given.
  public var deliveryCount: Int64
  /// The consumer's number in its group.
  var consumerNumber: UInt32
  /// The number of the last walk that needs nothing more of the entry.
  var walk: UInt32 = 0

  /// The consumer that has it.
  public var consumer: ConsumerGroup.Consumer { ConsumerGroup.Consumer(number: Int(consumerNumber)) }
}

/// The value of identifiers of which only the presence counts.
struct NoValue: BitwiseCopyable {}

/// Consumers that share the entries of a stream: how far they have read, and which entries each was given and has not
/// acknowledged.
///
/// A pending entry lies in the group's tree, with the number of its consumer; each consumer has a tree of the
/// identifiers alone. Adding one behind all others is O(1), the rest O(log n).
public struct ConsumerGroup: ~Copyable {
  /// A consumer of a group, by its number; good for as long as the consumer is there.
  public struct Consumer: Equatable, Sendable {
    let number: Int
  }

  /// What a group keeps of a consumer.
  struct ConsumerState: ~Copyable {
    let name: [UInt8]
    var seenTime: Int64
    var pending = IdentifierTree<NoValue>()
  }

  /// The group's name.
  public let name: [UInt8]
  /// The identifier of the last entry that was given to a consumer.
  public var lastID: StreamID
  /// How many of the stream's entries the group has read; nil when that cannot be told.
  public var entriesRead: Int64?
  /// By identifiers.
  private(set) var entries = IdentifierTree<PendingEntry>()
  /// By numbers; nil where a consumer went.
  private var consumers: [Place<ConsumerState>?] = []
  /// Numbers of consumers, by their names.
  private var order: [UInt32] = []
  /// What a walk that has not come to the group's pending entries needs of them.
  var walk: PendingWalk?

  init(_ name: [UInt8], lastID: StreamID, entriesRead: Int64?) {
    self.name = name
    self.lastID = lastID
    self.entriesRead = entriesRead
  }

  deinit {
    walk?.free()
    for consumer in consumers { if let consumer { unsafe consumer.free() } }
  }

  func copy() -> ConsumerGroup {
    var twin = ConsumerGroup(name, lastID: lastID, entriesRead: entriesRead)
    twin.entries = entries.map { entry in
      var entry = entry
      entry.walk = 0
      return entry
    }
    twin.order = order
    twin.consumers = consumers.map { consumer in
      guard let consumer else { return nil }
      var state = ConsumerState(name: consumer.value.name, seenTime: consumer.value.seenTime)
      state.pending = consumer.value.pending.map { $0 }
      return Place(state)
    }
    return twin
  }

  var memoryUse: Int {
    var bytes = MemoryLayout<ConsumerGroup>.size + name.count + entries.byteCount + 12 * consumers.count
    for consumer in consumers {
      guard let consumer else { continue }
      let state = consumer.value.pending.byteCount + consumer.value.name.count
      bytes += MemoryLayout<ConsumerState>.size + state
    }
    return bytes
  }

  var freeEffort: Int {
    var blocks = 1 + entries.byteCount / Heap.largestBlock
    for consumer in consumers {
      if let consumer { blocks += 1 + consumer.value.pending.byteCount / Heap.largestBlock }
    }
    return blocks
  }

  // MARK: Consumers

  /// How many consumers there are. O(1).
  public var consumerCount: Int { order.count }

  private func state(_ consumer: Consumer) -> Place<ConsumerState> {
    guard let place = consumers[consumer.number] else { preconditionFailure("the consumer has gone") }
    return place
  }

  /// Where a consumer of this name stands in the order, or would.
  private func position(_ name: borrowing Bytes) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, order.count)
    while low < high {
      let middle = (low + high) / 2
      let comparison = state(Consumer(number: Int(order[middle]))).value.name.bytes.compare(name)
      if comparison == 0 { return (middle, true) }
      if comparison < 0 { low = middle + 1 } else { high = middle }
    }
    return (low, false)
  }

  /// The consumer of this name; nil when there is none. O(log consumers).
  public func consumer(_ name: borrowing Bytes) -> Consumer? {
    let (index, isThere) = position(name)
    return isThere ? Consumer(number: Int(order[index])) : nil
  }

  /// Adds a consumer; nil when there is one of this name. O(consumers).
  public mutating func addConsumer(_ name: borrowing Bytes, seenTime: Int64) -> Consumer? {
    let (index, isThere) = position(name)
    if isThere { return nil }
    let place = Place(ConsumerState(name: name.array, seenTime: seenTime))
    var number = consumers.count
    // Numbers are given again only where some consumers have gone.
    if order.count < consumers.count, let free = consumers.firstIndex(where: { $0 == nil }) {
      number = free
      consumers[free] = place
    } else {
      consumers.append(place)
    }
    order.insert(UInt32(number), at: index)
    return Consumer(number: number)
  }

  /// Removes a consumer with all that is pending for it; how many entries that were. O(pending log n).
  public mutating func remove(_ consumer: Consumer) -> Int {
    let place = state(consumer)
    let count = place.value.pending.count
    place.value.pending.forEach { id, _ in
      willChange(id)
      entries.remove(id)
    }
    let name = place.value.name
    order.remove(at: position(name.bytes).index)
    consumers[consumer.number] = nil
    unsafe place.free()
    return count
  }

  /// The consumers in the order of their names.
  public var allConsumers: [Consumer] { order.map { Consumer(number: Int($0)) } }

  /// The names of consumers by their numbers; empty where one went.
  var namesByNumber: [[UInt8]] { consumers.map { $0?.value.name ?? [] } }

  /// A consumer's name.
  public func name(of consumer: Consumer) -> [UInt8] { state(consumer).value.name }

  /// When a consumer was last heard of, Unix milliseconds.
  public func seenTime(of consumer: Consumer) -> Int64 { state(consumer).value.seenTime }

  /// A consumer was heard of.
  public mutating func setSeenTime(of consumer: Consumer, _ time: Int64) { state(consumer).value.seenTime = time }

  /// How many entries are pending for a consumer. O(1).
  public func pendingCount(of consumer: Consumer) -> Int { state(consumer).value.pending.count }

  // MARK: Pending entries

  /// How many entries are pending. O(1).
  public var pendingCount: Int { entries.count }
  /// The first pending entry; zero when there is none.
  public var firstPending: StreamID { entries.first?.identifier ?? .zero }
  /// The last pending entry; zero when there is none.
  public var lastPending: StreamID { entries.last?.identifier ?? .zero }

  /// The pending entry of `id`; nil when none is. O(log n).
  public func pending(_ id: StreamID) -> PendingEntry? { entries.find(id)?.value }

  /// The first pending identifier at or behind `id`; nil when there is none. O(log n).
  func firstPending(from id: StreamID) -> StreamID? { entries.position(from: id)?.identifier }

  /// The first identifier at or behind `id` that is pending for a consumer; nil when none is. O(log n).
  func firstPending(of consumer: Consumer, from id: StreamID) -> StreamID? {
    state(consumer).value.pending.position(from: id)?.identifier
  }

  /// Makes an entry pending for a consumer, or hands it to that one. O(log n), O(1) behind all others.
  public mutating func setPending(_ id: StreamID, _ consumer: Consumer, deliveryTime: Int64, deliveryCount: Int64) {
    let entry = PendingEntry(
      deliveryTime: deliveryTime, deliveryCount: deliveryCount, consumerNumber: UInt32(consumer.number),
      walk: walk?.number ?? 0)
    let isLast = entries.last.map { $0.identifier < id } ?? true
    if !isLast, let position = entries.find(id) {
      let old = position.value
      willChange(id)
      entries.replace(position, entry)
      if old.consumer == consumer { return }
      state(old.consumer).value.pending.remove(id)
    } else {
      entries.insert(id, entry)
    }
    state(consumer).value.pending.insert(id, NoValue())
  }

  /// Ends that an entry is pending; false when it is not. O(log n).
  @discardableResult
  public mutating func acknowledge(_ id: StreamID) -> Bool {
    willChange(id)
    guard let entry = entries.remove(id) else { return false }
    state(entry.consumer).value.pending.remove(id)
    return true
  }

  /// Visits pending entries from `first` to `last`, those of one consumer or all, until `visit` returns false.
  /// O(log n + visited), and O(log n) for each of one consumer.
  public func forEachPending(
    from first: StreamID, to last: StreamID, of consumer: Consumer? = nil, _ visit: (StreamID, PendingEntry) -> Bool
  ) {
    if let consumer {
      var next = state(consumer).value.pending.position(from: first)
      while let position = next, position.identifier <= last {
        guard let entry = pending(position.identifier) else { preconditionFailure("a pending entry of no group") }
        if !visit(position.identifier, entry) { return }
        next = position.next
      }
      return
    }
    var next = entries.position(from: first)
    while let position = next, position.identifier <= last {
      if !visit(position.identifier, position.value) { return }
      next = position.next
    }
  }

  /// A walk that has not come to a pending entry is given it, before it changes or goes.
  private mutating func willChange(_ id: StreamID) {
    guard let walk, let position = entries.find(id), position.value.walk != walk.number else { return }
    self.walk?.putAside(id, position.value)
    var entry = position.value
    entry.walk = walk.number
    entries.replace(position, entry)
  }
}
