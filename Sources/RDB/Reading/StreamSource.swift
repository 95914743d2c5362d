import Containers
import ServerKernel

/// The elements of a stream, as the type's `elementForms` order them.
final class StreamSource {
  /// What stands behind the nodes.
  private struct State {
    var length = 0
    var lastID = StreamID.zero
    var firstID = StreamID.zero
    var maxDeletedID = StreamID.zero
    var entriesAdded: UInt64 = 0
  }

  private struct Delivery {
    let time: Int64
    let count: Int64
  }

  private let input: RDBInput
  private let type: ValueType
  private var nodesLeft = 0
  private var node = StreamNodeReader()
  private var isInNode = false
  private var entriesLeft = 0
  private var isStateRead = false
  private var groupsLeft = 0

  // Of the group that is being read.
  private var group: [UInt8] = []
  private var deliveries: [StreamID: Delivery] = [:]
  private var consumersLeft = 0
  private var consumer: [UInt8] = []
  private var pendingLeft = 0

  // The element that is being read: an entry of the node, or words.
  private var isEntry = false
  private var words: [[UInt8]] = []
  private var nextPart = 0

  /// How many elements there are.
  private(set) var elementCount = 0

  /// Begins to read the value of one of the types of streams.
  init(_ input: RDBInput, _ type: ValueType) throws(ElementError) {
    self.input = input
    self.type = type
    nodesLeft = try input.length()
    let start = input.position
    for _ in 0..<nodesLeft {
      try input.string { _ in }
      try input.string { _ in }
    }
    let state = try readState()
    entriesLeft = state.length
    // An empty stream tells so, and every stream tells its state.
    elementCount = max(1, state.length).addingSaturated(1)
    try countGroups()
    input.rewind(to: start)
  }

  /// Ends the value: all of it has to have been read.
  func end() throws(ElementError) {
    if !isStateRead || groupsLeft > 0 || consumersLeft > 0 || pendingLeft > 0 {
      throw ElementError("there are more elements than were counted")
    }
  }

  private var hasCounters: Bool { type != .stream1 }

  private func readID() throws(ElementError) -> StreamID { StreamID(try input.number(), try input.number()) }

  private func readPackedID() throws(ElementError) -> StreamID {
    let time = try input.littleEndian(UInt64.self).byteSwapped
    return StreamID(time, try input.littleEndian(UInt64.self).byteSwapped)
  }

  private func readState() throws(ElementError) -> State {
    var state = State()
    state.length = try input.length()
    state.lastID = try readID()
    if hasCounters {
      state.firstID = try readID()
      state.maxDeletedID = try readID()
      state.entriesAdded = try input.number()
    } else {
      state.entriesAdded = UInt64(state.length)
    }
    if state.entriesAdded > UInt64(Int64.max) { throw ElementError("a stream counts more entries than there can be") }
    return state
  }

  /// Counts the elements of all groups, whose number comes next.
  private func countGroups() throws(ElementError) {
    groupsLeft = try input.length()
    for _ in 0..<groupsLeft {
      try input.string { _ in }
      _ = try readID()
      if hasCounters { _ = try input.number() }
      let pending = try input.length()
      for _ in 0..<pending {
        try input.bytes(24) { _ in }
        _ = try input.length()
      }
      let consumers = try input.length()
      for _ in 0..<consumers {
        try input.string { _ in }
        try input.bytes(type == .stream3 ? 16 : 8) { _ in }
        let own = try input.length()
        for _ in 0..<own { try input.bytes(16) { _ in } }
      }
      elementCount = elementCount.addingSaturated(1).addingSaturated(pending).addingSaturated(consumers)
    }
  }

  // MARK: Elements

  /// The kind of the next element, and how many parts it has.
  func readForm() throws(ElementError) -> (form: Int, parts: Int) {
    nextPart = 0
    isEntry = false
    if !isStateRead { return try readEntryOrState() }
    if pendingLeft > 0 { return try readPending() }
    if consumersLeft > 0 { return try readConsumer() }
    if !deliveries.isEmpty { throw ElementError("an entry is pending for nobody") }
    if groupsLeft > 0 { return try readGroup() }
    throw ElementError("there are fewer elements than were counted")
  }

  func readPart(_ body: (borrowing Bytes) -> Void) throws(ElementError) {
    defer { nextPart += 1 }
    if isEntry {
      if nextPart > node.words.count { throw ElementError("there are fewer elements than were counted") }
      if nextPart > 0 { return node.word(nextPart - 1, body) }
      let text = StreamIDText(node.id)
      return body(text.bytes)
    }
    guard nextPart < words.count else { throw ElementError("there are fewer elements than were counted") }
    let word = words[nextPart]
    body(word.bytes)
  }

  private func element(_ form: StreamForm, _ words: [[UInt8]]) -> (form: Int, parts: Int) {
    self.words = words
    return (form.rawValue, words.count)
  }

  private var toldEmpty = false
  private var firstEntry: StreamID?

  private func readEntryOrState() throws(ElementError) -> (form: Int, parts: Int) {
    while nodesLeft > 0 || isInNode {
      if !isInNode {
        nodesLeft -= 1
        var master: StreamID?
        try input.string { name in
          guard name.count == 16 else { return }
          master = StreamID(name.word(at: 0).byteSwapped, name.word(at: 8).byteSwapped)
        }
        guard let master else { throw ElementError("a node of a stream has no identifier") }
        try node.begin(input, master: master)
        isInNode = true
      }
      isInNode = try node.readEntry()
      guard isInNode else { continue }
      entriesLeft -= 1
      isEntry = true
      if firstEntry == nil { firstEntry = node.id }
      return (StreamForm.entry.rawValue, 1 + node.words.count)
    }
    if entriesLeft != 0 { throw ElementError("a stream has not as many entries as it says") }
    let start = input.position
    state = try readState()
    if state.length == 0 && !toldEmpty {
      toldEmpty = true
      input.rewind(to: start)
      return element(.noEntries, [])
    }
    groupsLeft = try input.length()
    isStateRead = true
    return element(
      .state,
      [text(state.lastID), text(Int64(state.entriesAdded)), text(state.maxDeletedID), text(Int64(groupsLeft))])
  }

  private var state = State()

  private func text(_ id: StreamID) -> [UInt8] { StreamIDText(id).bytes.array }
  private func text(_ number: Int64) -> [UInt8] { DecimalText(number).bytes.array }

  private func readGroup() throws(ElementError) -> (form: Int, parts: Int) {
    groupsLeft -= 1
    try input.string { group = $0.array }
    let lastID = try readID()
    let entriesRead = hasCounters ? Int64(bitPattern: try input.number()) : estimatedEntriesRead(lastID)
    let pending = try input.length()
    for _ in 0..<pending {
      let id = try readPackedID()
      let time = try input.littleEndian(Int64.self)
      let count = Int64(try input.length())
      if deliveries.updateValue(Delivery(time: time, count: count), forKey: id) != nil {
        throw ElementError("an entry is pending twice")
      }
    }
    consumersLeft = try input.length()
    return element(.group, [group, text(lastID), text(entriesRead), text(Int64(pending))])
  }

  /// How many entries a group has read of a stream whose form does not tell: known where nothing was deleted behind its
  /// last identifier, at both ends. -1 otherwise.
  private func estimatedEntriesRead(_ id: StreamID) -> Int64 {
    if state.entriesAdded == 0 { return 0 }
    if id == state.lastID { return Int64(state.entriesAdded) }
    guard let firstEntry, id <= firstEntry else { return -1 }
    return id < firstEntry ? 0 : 1
  }

  private func readConsumer() throws(ElementError) -> (form: Int, parts: Int) {
    consumersLeft -= 1
    try input.string { consumer = $0.array }
    let seen = try input.littleEndian(Int64.self)
    if type == .stream3 { _ = try input.littleEndian(Int64.self) }
    pendingLeft = try input.length()
    return element(.consumer, [group, consumer, text(seen)])
  }

  private func readPending() throws(ElementError) -> (form: Int, parts: Int) {
    pendingLeft -= 1
    let id = try readPackedID()
    guard let delivery = deliveries.removeValue(forKey: id) else {
      throw ElementError("an entry is pending for a consumer and not for its group")
    }
    return element(.pending, [group, consumer, text(id), text(delivery.time), text(delivery.count)])
  }
}
