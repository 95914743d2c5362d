import Containers
import ServerKernel

// The elements of streams: entries, the state, groups, consumers, pending entries.
extension StreamValue {
  private enum Form: Int {
    case entry, noEntries, state, group, consumer, pending, nodes, node
  }

  /// As Redis' rewrite does: an empty stream is one whose only entry was trimmed.
  public static var elementForms: [ElementForm] {
    [
      ElementForm("XADD", .key, .otherParts),
      ElementForm(
        "XADD", .key, .word("MAXLEN"), .word("0"), .word("0-1"), .word("x"), .word("y")),
      ElementForm(
        "XSETID", .key, .part, .word("ENTRIESADDED"), .part, .word("MAXDELETEDID"), .part, .unwrittenPart),
      ElementForm("XGROUP", .word("CREATE"), .key, .part, .part, .word("ENTRIESREAD"), .part, .unwrittenPart),
      ElementForm("XGROUP", .word("CREATECONSUMER"), .key, .part, .part, .unwrittenPart),
      ElementForm(
        "XCLAIM", .key, .part, .part, .word("0"), .part, .word("TIME"), .part, .word("RETRYCOUNT"), .part,
        .word("JUSTID"), .word("FORCE")),
      .note(parts: 1),
      .note(parts: 1),
    ]
  }

  /// Nodes and their entries, the state, groups, consumers and pending entries.
  public var elementCount: Int { stream.elementCount }

  /// Writes all elements; the snapshot's to call.
  public func writeElements(into writer: inout ElementWriter) {
    stream.forEachElement { Self.write($0, into: &writer) }
  }

  private static func write(_ element: borrowing StreamElement, into writer: inout ElementWriter) {
    switch element {
    case .entry(let entry):
      writer.begin(form: Form.entry.rawValue, parts: 1 + 2 * entry.fieldCount)
      writer.write(entry.id)
      entry.forEachField { field, value in
        writer.write(field)
        writer.write(value)
      }
    case .noEntries: writer.begin(form: Form.noEntries.rawValue, parts: 0)
    case .nodes(let count): write(count, as: .nodes, into: &writer)
    case .node(let entryCount): write(entryCount, as: .node, into: &writer)
    case .state(let lastID, let entriesAdded, let maxDeletedID, let groupCount):
      writer.begin(form: Form.state.rawValue, parts: 4)
      writer.write(lastID)
      writer.write(Int64(clamping: entriesAdded))
      writer.write(maxDeletedID)
      writer.write(Int64(groupCount))
    case .group(let name, let lastID, let entriesRead, let pendingCount):
      writer.begin(form: Form.group.rawValue, parts: 4)
      writer.write(name.bytes)
      writer.write(lastID)
      writer.write(entriesRead ?? -1)
      writer.write(Int64(pendingCount))
    case .consumer(let group, let name, let seenTime):
      writer.begin(form: Form.consumer.rawValue, parts: 3)
      writer.write(group.bytes)
      writer.write(name.bytes)
      writer.write(seenTime)
    case .pending(let group, let consumer, let id, let deliveryTime, let deliveryCount):
      writer.begin(form: Form.pending.rawValue, parts: 5)
      writer.write(group.bytes)
      writer.write(consumer.bytes)
      writer.write(id)
      writer.write(deliveryTime)
      writer.write(deliveryCount)
    }
  }

  private static func write(_ count: Int, as form: Form, into writer: inout ElementWriter) {
    writer.begin(form: form.rawValue, parts: 1)
    writer.write(Int64(count))
  }

  /// A stream of so many elements, which come from outside.
  public init(elementCount: Int, from reader: inout ElementReader) throws(ElementError) {
    self.init()
    var state: (lastID: StreamID, entriesAdded: Int64, maxDeletedID: StreamID)?
    for _ in 0..<elementCount {
      let (number, parts) = try reader.readForm()
      guard let form = Form(rawValue: number) else { throw ElementError("a stream has elements of an unknown kind") }
      switch form {
      case .entry: try readEntry(parts, &reader)
      case .noEntries: break
      // Where nodes end, and how many groups and pending entries follow, is for other formats to know.
      case .nodes, .node: _ = try reader.readInteger()
      case .state:
        state = (try reader.readID(), try reader.readInteger(), try reader.readID())
        _ = try reader.readInteger()
      case .group: try readGroup(&reader)
      case .consumer: try readConsumer(&reader)
      case .pending: try readPending(&reader)
      }
    }
    guard let state, state.lastID >= stream.lastID, state.entriesAdded >= 0 else {
      throw ElementError("a stream has entries behind its last one")
    }
    stream.lastID = state.lastID
    stream.entriesAdded = UInt64(state.entriesAdded)
    stream.maxDeletedID = state.maxDeletedID
  }

  private mutating func readEntry(_ parts: Int, _ reader: inout ElementReader) throws(ElementError) {
    let id = try reader.readID()
    if parts < 3 || parts % 2 == 0 || id <= stream.lastID { throw ElementError("a stream's entry is damaged") }
    var elements: [[UInt8]] = []
    for _ in 1..<parts { elements.append(try reader.readArray()) }
    let isAdded = stream.append(id, fieldCount: parts / 2, limit: Self.nodeLimit) { visit in
      for element in elements { visit(element.bytes) }
    }
    if !isAdded { throw ElementError("a stream's entry is too large") }
  }

  private mutating func readGroup(_ reader: inout ElementReader) throws(ElementError) {
    let name = try reader.readArray()
    let lastID = try reader.readID()
    let entriesRead = try reader.readInteger()
    _ = try reader.readInteger()
    guard stream.addGroup(name.bytes, lastID: lastID, entriesRead: entriesRead < 0 ? nil : entriesRead) else {
      throw ElementError("a stream has a group twice")
    }
  }

  private mutating func readConsumer(_ reader: inout ElementReader) throws(ElementError) {
    let group = try readGroupNumber(&reader)
    let name = try reader.readArray()
    let seenTime = try reader.readInteger()
    if stream.changeGroup(group, { $0.addConsumer(name.bytes, seenTime: seenTime) }) == nil {
      throw ElementError("Duplicate stream consumer detected")
    }
  }

  private mutating func readPending(_ reader: inout ElementReader) throws(ElementError) {
    let group = try readGroupNumber(&reader)
    let name = try reader.readArray()
    let id = try reader.readID()
    let time = try reader.readInteger()
    let count = try reader.readInteger()
    let isKnown = stream.changeGroup(group) { group in
      guard let consumer = group.consumer(name.bytes), group.pending(id) == nil else { return false }
      group.setPending(id, consumer, deliveryTime: time, deliveryCount: count)
      return true
    }
    if !isKnown { throw ElementError("an entry is pending twice, or for nobody") }
  }

  private func readGroupNumber(_ reader: inout ElementReader) throws(ElementError) -> Int {
    let name = try reader.readArray()
    guard let group = stream.group(name.bytes) else { throw ElementError("a stream has no such group") }
    return group
  }

  // MARK: In pieces

  /// Streams of more elements, or of more bytes, are taken by a snapshot in pieces.
  private static var fewestWalked: Int { 1024 }
  private static var leastBytes: Int { 256 << 10 }
  /// Elements of a piece, where they are not the entries of a node.
  private static var pieceElements: Int { 256 }

  /// Begins to be taken by a snapshot in pieces; false when it is not so large. The snapshot's to call.
  public mutating func beginWalk() -> Bool {
    if stream.memoryUse < Self.leastBytes && stream.elementCount < Self.fewestWalked { return false }
    stream.beginWalk()
    return true
  }

  /// Writes the next piece; false when it was the last. The snapshot's to call.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    stream.continueWalk(limit: Self.pieceElements) { Self.write($0, into: &writer) }
  }

  /// Ends the walk, at its end or before. The snapshot's to call.
  public mutating func endWalk() { stream.endWalk() }
}

extension ElementWriter {
  fileprivate mutating func write(_ id: StreamID) {
    let text = StreamIDText(id)
    write(text.bytes)
  }
}

extension ElementReader {
  fileprivate mutating func readID() throws(ElementError) -> StreamID {
    var id: StreamID?
    try read { id = StreamID(text: $0) }
    guard let id else { throw ElementError("an identifier is none") }
    return id
  }
}
