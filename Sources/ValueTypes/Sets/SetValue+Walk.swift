import Containers
import ServerKernel

// A snapshot takes large sets in pieces.
extension SetValue {
  /// Sets of more members, or of more bytes, are taken by a snapshot in pieces if they are tables.
  private static var fewestWalked: Int { 1024 }
  private static var leastBytes: Int { 256 << 10 }
  /// Members of a piece: so many bytes of them, as they are on average, and no more than so many.
  private static var pieceBytes: Int { 64 << 10 }
  private static var pieceMembers: Int { 512 }

  /// Begins to be taken by a snapshot in pieces; false when it is not so large. The snapshot's to call.
  public mutating func beginWalk() -> Bool {
    withTable { table in
      let isLarge = table.count >= Self.fewestWalked || table.memoryUse >= Self.leastBytes
      if isLarge { table.beginWalk() }
      return isLarge
    }
  }

  /// Writes the next piece; false when it was the last. The snapshot's to call.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    withTable { table in
      let average = max(1, table.memoryUse / max(1, table.count))
      let limit = max(1, min(Self.pieceMembers, Self.pieceBytes / average))
      return table.continueWalk(members: limit) { writer.write($0) }
    }
  }

  /// Ends the walk, at its end or before. The snapshot's to call.
  public mutating func endWalk() {
    _ = withTable { table in
      table.endWalk()
      return true
    }
  }

  /// Lets `body` have the table; false when the set is none.
  mutating func withTable(_ body: (inout FieldSet) -> Bool) -> Bool {
    switch consume storage {
    case .integers(let integers): self = SetValue(.integers(integers))
    case .packed(let list): self = SetValue(.packed(list))
    case .table(var table):
      let result = body(&table)
      self = SetValue(.table(table))
      return result
    }
    return false
  }
}
