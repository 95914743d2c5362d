import Containers

/// Makes a stream's form of its elements, which come part by part.
///
/// All is written as it comes, but for a node, whose size stands before it, and for what the consumers of a group have
/// pending, which stands behind what the group has.
struct StreamBuilder: ~Copyable {
  /// The form has the time of a consumer's last success.
  var hasActiveTimes = false

  // The node that is being built.
  private var master = StreamID.zero
  private var masterFields: [[UInt8]] = []
  private var entries = ByteBuffer()
  /// Of its listpack, those of the head aside.
  private var packedCount = 0
  private var nodeEntries = 0
  private var entriesLeft = 0

  private var entryCount = 0
  private var firstID: StreamID?
  /// Those of the group that was begun last.
  private var consumers: ConsumerBuilder?

  // The element that is being read.
  private var form = StreamForm.entry
  private var partsLeft = 0
  private var parts = ByteBuffer()
  private var partEnds: [Int] = []

  /// A node has all of its entries, and is to be taken.
  private(set) var isNodeComplete = false

  init() {}

  // MARK: Parts

  mutating func begin(form: Int, parts count: Int, _ output: inout ByteBuffer) {
    guard let form = StreamForm(rawValue: form) else { preconditionFailure("an element of no kind that streams have") }
    self.form = form
    partsLeft = count
    parts.removeAll(keepingCapacityUpTo: 1 << 20)
    partEnds.removeAll(keepingCapacity: true)
    if form == .group { endGroup(&output) }
  }

  mutating func write(_ part: borrowing Bytes, _ output: inout ByteBuffer) {
    parts.append(part)
    partEnds.append(parts.count)
    partsLeft -= 1
    if partsLeft == 0 { endElement(&output) }
  }

  private func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : partEnds[index - 1])..<partEnds[index] }
  private func array(_ index: Int) -> [UInt8] { parts.bytes[range(index)].array }
  private func integer(_ index: Int) -> Int64 { parts.bytes[range(index)].integer ?? 0 }
  private func identifier(_ index: Int) -> StreamID { StreamID(text: parts.bytes[range(index)]) ?? .zero }
  private func count(_ index: Int) -> Int { Int(max(0, integer(index))) }

  private mutating func endElement(_ output: inout ByteBuffer) {
    switch form {
    case .nodes: output.append(length: count(0))
    case .node: entriesLeft = count(0)
    case .entry: addEntry()
    case .noEntries: break
    case .state: writeState(&output)
    case .group:
      output.append(plainString: parts.bytes[range(0)])
      output.append(numbers: identifier(1))
      output.append(moduleNumber: UInt64(bitPattern: integer(2)))
      output.append(length: count(3))
      consumers = ConsumerBuilder()
    case .consumer:
      let (name, seenTime) = (array(1), integer(2))
      consumers?.add(name, seenTime: seenTime)
    case .pending:
      let (id, name) = (identifier(2), range(1))
      output.append(packed: id)
      output.append(littleEndian: integer(3))
      output.append(length: count(4))
      // A local one, as below.
      var parts = ByteBuffer()
      swap(&parts, &self.parts)
      consumers?.add(pending: id, of: parts.bytes[name])
      swap(&parts, &self.parts)
    }
  }

  private mutating func writeState(_ output: inout ByteBuffer) {
    output.append(length: entryCount)
    output.append(numbers: identifier(0))
    output.append(numbers: firstID ?? .zero)
    output.append(numbers: identifier(2))
    output.append(length: count(1))
    output.append(length: count(3))
  }

  // MARK: Nodes

  private mutating func addEntry() {
    let id = identifier(0)
    let fieldCount = partEnds.count / 2
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
    entriesLeft -= 1
    isNodeComplete = entriesLeft == 0
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

  /// Writes the identifier of the node that is complete, and gives its listpack.
  mutating func takeNode(_ output: inout ByteBuffer, _ listpack: inout ByteBuffer) {
    output.append(length: 16)
    output.append(packed: master)
    var content = ByteBuffer(capacity: entries.count + 64)
    for number in [nodeEntries, 0, masterFields.count] { content.append(packedEntry: Int64(number)) }
    for field in masterFields { content.append(packedEntry: field.bytes) }
    content.append(packedEntry: 0)
    content.append(entries.bytes)
    listpack.append(listpack: content.bytes, count: 4 + masterFields.count + packedCount)
    entries.removeAll(keepingCapacityUpTo: 64 << 10)
    packedCount = 0
    nodeEntries = 0
    isNodeComplete = false
  }

  // MARK: Groups

  /// Writes the consumers of the group that was begun, if any: all that is pending in it has come.
  mutating func endGroup(_ output: inout ByteBuffer) {
    consumers?.write(to: &output, withActiveTimes: hasActiveTimes)
    consumers = nil
  }
}

extension ByteBuffer {
  /// Appends an identifier as two numbers.
  fileprivate mutating func append(numbers id: StreamID) {
    append(moduleNumber: id.time)
    append(moduleNumber: id.sequence)
  }
}
