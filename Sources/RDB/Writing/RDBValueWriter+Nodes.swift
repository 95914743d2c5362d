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
  private mutating func append(_ nodes: borrowing Bytes, _ nodeMarks: [RDBPiece.Mark]) {
    var position = 0
    for mark in nodeMarks {
      output.append(nodes[position..<mark.offset])
      append(node: nodes[mark.offset..<mark.offset + mark.count])
      position = mark.offset + mark.count
    }
  }

  private mutating func append(node: borrowing Bytes) {
    if options.compresses && node.count >= Self.shortestCompressed {
      marks.append(RDBPiece.Mark(offset: output.count, count: node.count))
      output.append(node)
    } else {
      output.append(plainString: node)
    }
  }

  mutating func beginStream() {
    stream.hasActiveTimes = options.version >= 11
    emit(stream.hasActiveTimes ? .stream3 : .stream2)
  }

  mutating func writeStream(_ part: borrowing Bytes) {
    stream.write(part, &output)
    if !stream.isNodeComplete { return }
    var node = ByteBuffer()
    swap(&node, &nodes)
    node.removeAll(keepingCapacityUpTo: Self.mostPackedBytes)
    stream.takeNode(&output, &node)
    append(node: node.bytes)
    swap(&node, &nodes)
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
