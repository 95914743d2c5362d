import Containers

/// The last bytes of the stream, kept once for all who read it: replicas, each at its own place, and those that come
/// back after their connection was lost.
///
/// Bytes are known by their offset, which counts all bytes that ever were in the stream. They lie in blocks of equal
/// size, which are freed from the front.
final class Backlog {
  private var blocks: [SharedBuffer?] = []
  /// The first block that is kept.
  private var head = 0
  /// The offset of the first byte of `blocks[head]`.
  private var blockStart: Int64
  /// The offset of the first byte that is kept.
  private(set) var start: Int64
  /// The offset behind the last byte.
  private(set) var end: Int64

  /// Bytes of a block.
  private static let blockSize = 16 << 10
  /// Bytes of memory that a block takes, as `Server.usedMemory` has it: that of the buffer's head and of malloc, too.
  static let blockMemory = blockSize + 48

  /// One that begins at an offset.
  init(at offset: Int64) { (blockStart, start, end) = (offset, offset, offset) }

  /// Bytes that are kept.
  var count: Int { Int(end - start) }
  /// Bytes of the memory for them.
  var memoryUse: Int { (blocks.count - head) * Self.blockMemory }

  /// Adds bytes at the end.
  func append(_ bytes: borrowing Bytes) {
    var position = 0
    while position < bytes.count {
      let used = Int(end - blockStart) % Self.blockSize
      if used == 0 { blocks.append(SharedBuffer(ByteBuffer(capacity: Self.blockSize))) }
      let part = min(bytes.count - position, Self.blockSize - used)
      blocks[blocks.count - 1]?.content.append(bytes[position..<position + part])
      position += part
      end += Int64(part)
    }
  }

  /// Gives `body` the bytes from `offset` on that lie together; none at the end.
  func withBytes<Result>(from offset: Int64, _ body: (borrowing Bytes) -> Result) -> Result {
    if offset >= end { return body(Bytes("")) }
    let distance = Int(offset - blockStart)
    guard let block = blocks[head + distance / Self.blockSize] else { return body(Bytes("")) }
    return body(block.content.bytes[distance % Self.blockSize..<block.content.count])
  }

  /// Forgets what lies before `offset`.
  func trim(to offset: Int64) {
    start = max(start, min(offset, end))
    while start - blockStart >= Self.blockSize {
      blocks[head] = nil
      head += 1
      blockStart += Int64(Self.blockSize)
    }
    if head > 64 && head > blocks.count / 2 {
      blocks.removeFirst(head)
      head = 0
    }
  }
}
