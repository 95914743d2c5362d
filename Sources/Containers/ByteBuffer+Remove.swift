// Unsafe: the content is moved to the front of its own block; ranges are checked first.
import Glibc

extension ByteBuffer {
  /// Removes the first `amount` bytes by moving the rest to the front. O(bytes left): consume
  /// a batch at once, not a byte at a time.
  @inlinable
  public mutating func removeFirst(_ amount: Int) {
    precondition(amount >= 0 && amount <= count, "more removed than there is")
    guard amount > 0 else { return }
    filled &-= amount
    if count > 0 {
      let address = unsafe start.unsafelyUnwrapped
      unsafe memmove(address, address + amount, count)
    }
  }

  /// Takes the first line from the front, without what ends it; nil while none has arrived whole. O(count).
  public mutating func takeLine() -> [UInt8]? {
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    var line = bytes[0..<end].array
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    removeFirst(end + 1)
    return line
  }

  /// Removes everything behind the first `newCount` bytes. O(1).
  @inlinable
  public mutating func truncate(to newCount: Int) {
    precondition(newCount >= 0 && newCount <= count, "cannot truncate to more than there is")
    filled = newCount
  }

  /// Empties it, and gives the block back to the allocator when it is larger than `limit`. O(1).
  @inlinable
  public mutating func removeAll(keepingCapacityUpTo limit: Int = .max) {
    filled = 0
    if capacity > limit { releaseBlock() }
  }

  @usableFromInline
  mutating func releaseBlock() {
    unsafe Malloc.free(start)
    unsafe start = nil
    allocated = 0
  }
}
