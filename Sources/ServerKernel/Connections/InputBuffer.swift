// Unsafe: hands out the address of its first byte, and where to read to.

import Containers

/// What arrived for one client and was not executed yet.
///
/// Executed requests are taken from the front by moving a mark. The bytes themselves move only to make room, and only
/// when at least as many were taken: so that a long pipeline costs time in proportion to its length.
@safe
struct InputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// Bytes at the front of the buffer that were taken.
  private var taken = 0

  var count: Int { buffer.count - taken }
  var isEmpty: Bool { buffer.count == taken }
  /// Size of the memory that it owns.
  var capacity: Int { buffer.capacity }

  /// The first byte; nil while the buffer owns no memory.
  @unsafe
  var start: UnsafeMutableRawPointer? { unsafe buffer.baseAddress.map { unsafe $0 + taken } }

  /// The bytes, until the next change.
  var bytes: Bytes {
    @_lifetime(borrow self) get {
      let whole = buffer.bytes
      return unsafe _overrideLifetime(Bytes(unsafeStart: whole.baseAddress + taken, count: count), borrowing: self)
    }
  }

  /// Appends `bytes`. Amortised O(bytes.count).
  mutating func append(_ bytes: borrowing Bytes) {
    makeRoom(bytes.count)
    buffer.append(bytes)
  }

  /// Makes room for `room` bytes, and returns where they go.
  @unsafe
  mutating func space(for room: Int) -> UnsafeMutableRawPointer {
    makeRoom(room)
    buffer.reserve(room)
    return unsafe buffer.freeSpace
  }

  /// Counts bytes that were read into `space`.
  mutating func advance(by count: Int) { unsafe buffer.advance(by: count) }

  /// Takes bytes from the front; the memory goes with the last one. O(1).
  mutating func removeFirst(_ amount: Int) {
    taken += amount
    if isEmpty { removeAll() }
  }

  /// Drops bytes from the end.
  mutating func removeLast(_ amount: Int) {
    buffer.truncate(to: buffer.count - amount)
    if isEmpty { removeAll() }
  }

  /// Empties it and gives its memory back.
  mutating func removeAll() {
    taken = 0
    buffer.removeAll(keepingCapacityUpTo: 0)
  }

  /// Moves the rest to the front where that is cheaper than what was taken, and needed for `room` more bytes.
  private mutating func makeRoom(_ room: Int) {
    if taken < count || taken == 0 || room <= buffer.capacity - buffer.count { return }
    buffer.removeFirst(taken)
    taken = 0
  }
}
