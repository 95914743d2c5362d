import Containers
import Testing

@testable import Replication

/// What is kept of the stream, beside an array of all that ever was in it.
@Suite struct BacklogTests {
  /// Blocks are as large.
  private static let blockSize = 16 << 10

  /// All bytes from `offset` on, as a reader gets them.
  private static func read(_ backlog: Backlog, from offset: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    var position = offset
    while true {
      let part = backlog.withBytes(from: position) { $0.array }
      if part.isEmpty { return bytes }
      bytes += part
      position += Int64(part.count)
    }
  }

  @Test func whatWasAddedIsReadFromAnyOffset() {
    let backlog = Backlog(at: 1000)
    var all: [UInt8] = []
    var generator = SystemRandomNumberGenerator()
    for size in [1, 10, Self.blockSize - 11, Self.blockSize, 1, 3 * Self.blockSize + 5, 0, 7] {
      let part = (0..<size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
      backlog.append(part.bytes)
      all += part
    }
    #expect(backlog.start == 1000 && backlog.end == 1000 + Int64(all.count) && backlog.count == all.count)
    for distance in [0, 1, 11, Self.blockSize - 1, Self.blockSize, Self.blockSize + 1, all.count - 1, all.count] {
      #expect(Self.read(backlog, from: 1000 + Int64(distance)) == Array(all[distance...]), "from \(distance)")
    }
  }

  @Test func whatIsForgottenFreesWholeBlocks() {
    let backlog = Backlog(at: 0)
    let blocks = 300
    let block = (0..<Self.blockSize).map { UInt8(truncatingIfNeeded: $0 / 3) }
    for _ in 0..<blocks { backlog.append(block.bytes) }
    #expect(backlog.memoryUse == blocks * Backlog.blockMemory)
    for forgotten in [1, Self.blockSize - 1, Self.blockSize, 70 * Self.blockSize + 3, 299 * Self.blockSize] {
      backlog.trim(to: Int64(forgotten))
      #expect(backlog.start == Int64(forgotten) && backlog.count == blocks * Self.blockSize - forgotten)
      #expect(backlog.memoryUse == (blocks - forgotten / Self.blockSize) * Backlog.blockMemory)
      let read = Self.read(backlog, from: backlog.start)
      #expect(read.count == backlog.count && read.first == block[forgotten % Self.blockSize])
    }
  }

  @Test func itIsForgottenInOneDirectionAndNoFurtherThanItsEnd() {
    let backlog = Backlog(at: 50)
    backlog.append(Bytes("0123456789"))
    backlog.trim(to: 53)
    backlog.trim(to: 10)
    #expect(backlog.start == 53 && Self.read(backlog, from: 53) == Array("3456789".utf8))
    backlog.trim(to: .max)
    #expect(backlog.start == 60 && backlog.end == 60 && backlog.count == 0)
    backlog.append(Bytes("x"))
    #expect(Self.read(backlog, from: 60) == Array("x".utf8))
  }
}
