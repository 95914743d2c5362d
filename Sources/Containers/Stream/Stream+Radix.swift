extension Stream {
  /// How many nodes a radix tree has whose keys are the first identifiers of the nodes, as Redis keeps them: clients
  /// see the number in XINFO STREAM. O(nodes).
  ///
  /// A run of bytes that all keys below share is one node, a byte at which they part another, the end of a key a third.
  public var radixNodeCount: Int {
    var keys: [StreamID] = []
    keys.reserveCapacity(nodeCount)
    state.value.nodes.forEach { id, _ in keys.append(id) }
    return keys.isEmpty ? 1 : Self.radixNodes(keys[...], from: 0)
  }

  private static func radixNodes(_ keys: ArraySlice<StreamID>, from depth: Int) -> Int {
    guard let first = keys.first, let last = keys.last else { return 0 }
    if keys.count == 1 { return depth < 16 ? 2 : 1 }
    var end = depth
    while byte(first, end) == byte(last, end) { end += 1 }
    var nodes = end > depth ? 2 : 1
    var start = keys.startIndex
    while start < keys.endIndex {
      let parting = byte(keys[start], end)
      var next = start + 1
      while next < keys.endIndex && byte(keys[next], end) == parting { next += 1 }
      nodes += radixNodes(keys[start..<next], from: end + 1)
      start = next
    }
    return nodes
  }

  private static func byte(_ id: StreamID, _ index: Int) -> UInt8 {
    let half = index < 8 ? id.time : id.sequence
    return UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * (index & 7)))
  }
}
