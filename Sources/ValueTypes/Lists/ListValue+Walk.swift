import ServerKernel

// A snapshot takes large lists in pieces.
extension ListValue {
  /// Begins to be taken by a snapshot in pieces; false when it is not so large. The snapshot's to call.
  public mutating func beginWalk() -> Bool {
    walk = ListWalk(elements)
    return walk != nil
  }

  /// Writes the next piece; false when it was the last. The snapshot's to call.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    walk?.advance(elements, into: &writer) ?? false
  }

  /// Ends the walk, at its end or before. The snapshot's to call.
  public mutating func endWalk() { walk = nil }
}
