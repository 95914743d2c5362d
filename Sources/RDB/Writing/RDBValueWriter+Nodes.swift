import Containers

// Lists and streams, which consist of nodes.
extension RDBValueWriter {
  mutating func writeListElement(_ element: borrowing Bytes) {
    let limit = options.limits.listNode
    let isFull = entryCount >= limit.entries || entries.count + element.count + 8 + 7 > limit.value
    if entryCount > 0 && isFull { endNode() }
    entries.append(packedEntry: element)
    entryCount += 1
    if !options.isPayload && nodes.count > Self.mostNodeBytes { spillNodes() }
  }

  mutating func endNode() {
    if entryCount == 0 { return }
    // A node of the kind that holds a listpack.
    nodes.append(length: 2)
    nodeMarks.append(RDBPiece.Mark(offset: nodes.count, count: entries.count + 7))
    var entries = ByteBuffer()
    swap(&entries, &self.entries)
    nodes.append(listpack: entries.bytes, count: entryCount)
    entries.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    swap(&entries, &self.entries)
    nodeCount += 1
    entryCount = 0
  }

  mutating func endNodes() {
    endNode()
    emit(.quickList2)
    output.append(length: nodeCount)
    var nodes = ByteBuffer()
    swap(&nodes, &self.nodes)
    append(nodes.bytes, nodeMarks)
    swap(&nodes, &self.nodes)
  }

  /// Writes nodes, of which each has a listpack where a mark says.
  mutating func append(_ nodes: borrowing Bytes, _ nodeMarks: [RDBPiece.Mark]) {
    var position = 0
    for mark in nodeMarks {
      output.append(nodes[position..<mark.offset])
      let node = nodes[mark.offset..<mark.offset + mark.count]
      if options.compresses && mark.count >= Self.shortestCompressed {
        marks.append(RDBPiece.Mark(offset: output.count, count: mark.count))
        output.append(node)
      } else {
        output.append(plainString: node)
      }
      position = mark.offset + mark.count
    }
  }

  mutating func endStream() {
    let hasActiveTimes = options.version >= 11
    let tail = stream.end(withActiveTimes: hasActiveTimes)
    emit(hasActiveTimes ? .stream3 : .stream2)
    output.append(length: stream.marks.count)
    var nodes = ByteBuffer()
    let nodeMarks = stream.takeNodes(&nodes)
    append(nodes.bytes, nodeMarks)
    output.append(tail.bytes)
  }

  /// Goes on element by element, with those of the nodes first: how many nodes there will be is not known, how many
  /// elements there are is.
  mutating func spillNodes() {
    endNode()
    emit(.list)
    output.append(length: elementCount)
    form = .strings
    var nodes = ByteBuffer()
    swap(&nodes, &self.nodes)
    for mark in nodeMarks {
      var position = mark.offset + 6
      let end = mark.offset + mark.count - 1
      while position < end {
        switch packedElement(nodes.bytes, &position) {
        case .integer(let value): output.append(integerString: value)
        case .bytes(let bytes): append(bytes)
        }
      }
    }
    nodeMarks.removeAll(keepingCapacity: true)
  }
}
