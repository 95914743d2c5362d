import Containers
import ServerKernel

extension HashValue {
  /// Hashes of more fields, or of more bytes, are taken by a snapshot in pieces.
  private static var fewestWalked: Int { 1024 }
  private static var leastBytes: Int { 256 << 10 }
  /// Fields of a piece: so many bytes of them, as they are on average, and no more than so many.
  private static var pieceBytes: Int { 64 << 10 }
  private static var pieceFields: Int { 256 }

  mutating func beginWalk() -> Bool {
    switch consume self {
    case .packed(let list):
      self = .packed(list)
      return false
    case .table(var table):
      let isLarge = table.count >= Self.fewestWalked || table.memoryUse >= Self.leastBytes
      if isLarge { table.beginWalk() }
      self = .table(table)
      return isLarge
    }
  }

  mutating func continueWalk(into writer: inout ElementWriter) -> Bool {
    switch consume self {
    case .packed(let list):
      self = .packed(list)
      return false
    case .table(var table):
      let average = max(1, table.memoryUse / max(1, table.count))
      let limit = max(1, min(Self.pieceFields, Self.pieceBytes / average))
      let hasMore = table.continueWalk(fields: limit) { field, value in
        writer.write(field)
        writer.write(value)
      }
      self = .table(table)
      return hasMore
    }
  }

  mutating func endWalk() {
    switch consume self {
    case .packed(let list): self = .packed(list)
    case .table(var table):
      table.endWalk()
      self = .table(table)
    }
  }
}
