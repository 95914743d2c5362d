import Containers
import ServerKernel

// A snapshot takes large hashes in pieces.
extension HashValue {
  /// Hashes of more fields, or of more bytes, are taken by a snapshot in pieces.
  private static var fewestWalked: Int { 1024 }
  private static var leastBytes: Int { 256 << 10 }
  /// Fields of a piece: so many bytes of them, as they are on average, and no more than so many.
  private static var pieceBytes: Int { 64 << 10 }
  private static var pieceFields: Int { 256 }

  /// Begins to be taken by a snapshot in pieces; false when it is not so large. The snapshot's to call.
  public mutating func beginWalk() -> Bool {
    switch consume storage {
    case .packed(let list):
      self = HashValue(.packed(list))
      return false
    case .table(var table):
      let isLarge = table.count >= Self.fewestWalked || table.memoryUse >= Self.leastBytes
      if isLarge { table.beginWalk() }
      self = HashValue(.table(table))
      return isLarge
    }
  }

  /// Writes the next piece; false when it was the last. The snapshot's to call.
  public mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    switch consume storage {
    case .packed(let list):
      self = HashValue(.packed(list))
      return false
    case .table(var table):
      let average = max(1, table.memoryUse / max(1, table.count))
      let limit = max(1, min(Self.pieceFields, Self.pieceBytes / average))
      let hasMore = table.continueWalk(fields: limit) { field, value in
        writer.write(field)
        writer.write(value)
      }
      self = HashValue(.table(table))
      return hasMore
    }
  }

  /// Ends the walk, at its end or before. The snapshot's to call.
  public mutating func endWalk() {
    switch consume storage {
    case .packed(let list): self = HashValue(.packed(list))
    case .table(var table):
      table.endWalk()
      self = HashValue(.table(table))
    }
  }
}
