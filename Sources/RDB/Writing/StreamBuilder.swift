import Containers

/// Makes a stream's form of its elements, which come part by part.
///
/// A file holds the nodes of a stream before everything else, and their number first: all of them are kept back until
/// the stream ends.
struct StreamBuilder: ~Copyable {
  /// A consumer, and the identifiers of the entries that it was given.
  private struct Consumer {
    let name: [UInt8]
    let seenTime: Int64
    var pending: [UInt8] = []
    var count = 0
  }

  private struct Group {
    let name: [UInt8]
    let lastID: StreamID
    let entriesRead: Int64
    var pending: [UInt8] = []
    var pendingCount = 0
    var consumers: [Consumer] = []
  }

  /// Entries, and bytes of them, of a node.
  private static let mostEntries = 100
  private static let mostBytes = 4096

  /// The nodes that are complete, each behind its identifier, and where their listpacks are.
  private var nodes = ByteBuffer()
  private(set) var marks: [RDBPiece.Mark] = []

  // The node that is being built.
  private var master = StreamID.zero
  private var masterFields: [[UInt8]] = []
  private var entries = ByteBuffer()
  /// Of its listpack, those of the head aside.
  private var packedCount = 0
  private var nodeEntries = 0

  private var entryCount = 0
  private var firstID: StreamID?
  private var lastID = StreamID.zero
  private var maxDeletedID = StreamID.zero
  private var entriesAdded: Int64 = 0
  private var groups: [Group] = []

  // The element that is being read.
  private var form = StreamForm.entry
  private var partsLeft = 0
  private var parts = ByteBuffer()
  private var partEnds: [Int] = []

  init() {}

  // MARK: Parts

  mutating func begin(form: Int, parts count: Int) {
    guard let form = StreamForm(rawValue: form) else { preconditionFailure("an element of no kind that streams have") }
    self.form = form
    partsLeft = count
    parts.removeAll(keepingCapacityUpTo: 1 << 20)
    partEnds.removeAll(keepingCapacity: true)
  }

  mutating func write(_ part: borrowing Bytes) {
    parts.append(part)
    partEnds.append(parts.count)
    partsLeft -= 1
    if partsLeft == 0 { endElement() }
  }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : partEnds[index - 1])..<partEnds[index] }
  private func array(_ index: Int) -> [UInt8] { parts.bytes[range(index)].array }
  private func integer(_ index: Int) -> Int64 { parts.bytes[range(index)].integer ?? 0 }
  private func identifier(_ index: Int) -> StreamID { StreamID(text: parts.bytes[range(index)]) ?? .zero }

  private mutating func endElement() {
    switch form {
    case .entry: addEntry()
    case .noEntries: break
    case .state:
      lastID = identifier(0)
      entriesAdded = integer(1)
      maxDeletedID = identifier(2)
    case .group:
      groups.append(Group(name: array(0), lastID: identifier(1), entriesRead: integer(2)))
    case .consumer:
      guard let group = group(array(0)) else { return }
      groups[group].consumers.append(Consumer(name: array(1), seenTime: integer(2)))
    case .pending: addPending()
    }
  }

  /// Elements of one group mostly follow one another.
  private func group(_ name: [UInt8]) -> Int? { groups.lastIndex { $0.name == name } }

  private mutating func addPending() {
    let name = array(1)
    guard let group = group(array(0)),
      let consumer = groups[group].consumers.firstIndex(where: { $0.name == name })
    else { return }
    var identifier = ByteBuffer()
    identifier.append(self.identifier(2))
    groups[group].consumers[consumer].pending += identifier.bytes.array
    groups[group].consumers[consumer].count += 1
    identifier.append(littleEndian: integer(3))
    identifier.append(length: Int(max(0, integer(4))))
    groups[group].pending += identifier.bytes.array
    groups[group].pendingCount += 1
  }

  // MARK: Nodes

  private mutating func addEntry() {
    let id = identifier(0)
    let fieldCount = partEnds.count / 2
    if nodeEntries > 0 && (nodeEntries >= Self.mostEntries || entries.count + parts.count >= Self.mostBytes) {
      endNode()
    }
    if nodeEntries == 0 {
      master = id
      masterFields = (0..<fieldCount).map { array(1 + 2 * $0) }
    }
    var isSame = masterFields.count == fieldCount
    for field in 0..<fieldCount where isSame {
      let known = masterFields[field]
      isSame = parts.bytes[range(1 + 2 * field)] == known.bytes
    }
    append(isSame ? StreamEntryFlags.hasSameFields : 0)
    append(Int64(bitPattern: id.time &- master.time))
    append(Int64(bitPattern: id.sequence &- master.sequence))
    if !isSame { append(Int64(fieldCount)) }
    for field in 0..<fieldCount {
      if !isSame { append(part: 1 + 2 * field) }
      append(part: 2 + 2 * field)
    }
    // How far it is to the entry's beginning, for who walks backwards.
    append(Int64(isSame ? fieldCount + 3 : 2 * fieldCount + 4))
    nodeEntries += 1
    entryCount += 1
    if firstID == nil { firstID = id }
  }

  private mutating func append(_ number: Int64) {
    entries.append(packedEntry: number)
    packedCount += 1
  }

  private mutating func append(part index: Int) {
    // A local one: the builder is not to be changed while a part of it is lent.
    var buffer = ByteBuffer()
    swap(&buffer, &entries)
    buffer.append(packedEntry: parts.bytes[range(index)])
    swap(&buffer, &entries)
    packedCount += 1
  }

  private mutating func endNode() {
    if nodeEntries == 0 { return }
    var head = ByteBuffer()
    for number in [nodeEntries, 0, masterFields.count] { head.append(packedEntry: Int64(number)) }
    for field in masterFields { head.append(packedEntry: field.bytes) }
    head.append(packedEntry: 0)
    let headCount = 4 + masterFields.count
    head.append(entries.bytes)
    nodes.append(length: 16)
    nodes.append(master)
    marks.append(RDBPiece.Mark(offset: nodes.count, count: head.count + 7))
    nodes.append(listpack: head.bytes, count: headCount + packedCount)
    entries.removeAll(keepingCapacityUpTo: 64 << 10)
    packedCount = 0
    nodeEntries = 0
  }

  // MARK: The end

  /// Gives the nodes away, and where their listpacks are.
  mutating func takeNodes(_ buffer: inout ByteBuffer) -> [RDBPiece.Mark] {
    swap(&buffer, &nodes)
    return marks
  }

  /// What stands behind the nodes, all of which are complete then; with the time of a consumer's last success where the
  /// form has it.
  mutating func end(withActiveTimes: Bool) -> ByteBuffer {
    endNode()
    var output = ByteBuffer()
    output.append(length: entryCount)
    output.append(numbers: lastID)
    output.append(numbers: firstID ?? .zero)
    output.append(numbers: maxDeletedID)
    output.append(length: Int(max(0, entriesAdded)))
    output.append(length: groups.count)
    for group in groups {
      output.append(plainString: group.name.bytes)
      output.append(numbers: group.lastID)
      output.append(moduleNumber: UInt64(bitPattern: group.entriesRead))
      output.append(length: group.pendingCount)
      output.append(group.pending.bytes)
      output.append(length: group.consumers.count)
      for consumer in group.consumers {
        output.append(plainString: consumer.name.bytes)
        output.append(littleEndian: consumer.seenTime)
        if withActiveTimes { output.append(littleEndian: consumer.seenTime) }
        output.append(length: consumer.count)
        output.append(consumer.pending.bytes)
      }
    }
    return output
  }
}

extension ByteBuffer {
  /// Appends an identifier as 16 bytes, highest first.
  fileprivate mutating func append(_ id: StreamID) {
    append(littleEndian: id.time.byteSwapped)
    append(littleEndian: id.sequence.byteSwapped)
  }

  /// Appends an identifier as two numbers.
  fileprivate mutating func append(numbers id: StreamID) {
    append(moduleNumber: id.time)
    append(moduleNumber: id.sequence)
  }
}
