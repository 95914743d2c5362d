// Unsafe: writes into the buffer's memory.

import Glibc

extension ByteBuffer {
  /// Writes `bytes` from `offset` on, growing as needed; a gap before them is filled with zeros.
  public mutating func overwrite(at offset: Int, _ bytes: borrowing Bytes) {
    precondition(offset >= 0, "negative offset")
    let end = offset + bytes.count
    if end > count { append(repeating: 0, count: end - count) }
    if bytes.count > 0 { unsafe memcpy(start.unsafelyUnwrapped + offset, bytes.baseAddress, bytes.count) }
  }

  /// Inserts `bytes` before `offset`; what stood there moves back.
  public mutating func insert(_ bytes: borrowing Bytes, at offset: Int) {
    precondition(offset >= 0 && offset <= count, "offset out of range")
    let tail = count - offset
    reserve(bytes.count)
    guard bytes.count > 0 else { return }
    let place = unsafe start.unsafelyUnwrapped + offset
    unsafe memmove(place + bytes.count, place, tail)
    unsafe memcpy(place, bytes.baseAddress, bytes.count)
    filled += bytes.count
  }

  /// Moves the bytes from `position` on, forwards over a gap that holds anything, or back over those before them.
  /// O(count - position).
  public mutating func moveTail(at position: Int, by distance: Int) {
    precondition(position >= 0 && position <= count && position + distance >= 0, "byte range out of range")
    let tail = count - position
    if distance > 0 { reserve(distance) }
    guard let start = unsafe start else { return }
    unsafe memmove(start + position + distance, start + position, tail)
    filled += distance
  }

  /// Makes room for exactly `additional` bytes behind those in use, when their number is known.
  public mutating func reserveExactly(_ additional: Int) {
    if additional > capacity - count { resize(count + additional) }
  }

  /// Gives back the memory behind the bytes in use.
  public mutating func trim() {
    if count == 0 {
      releaseBlock()
    } else if capacity > count {
      resize(count)
    }
  }

  /// The first byte; nil while the buffer owns no memory.
  @unsafe @inlinable
  public var baseAddress: UnsafeMutableRawPointer? { unsafe start }

  /// Counts bytes that were written behind those in use, into room that was reserved.
  @unsafe @inlinable
  public mutating func advance(by written: Int) {
    precondition(written >= 0 && written <= capacity - count, "more written than there was room for")
    filled &+= written
  }
}

extension ByteBuffer {
  /// The first byte behind those in use; room there was reserved.
  @unsafe @inlinable
  public var freeSpace: UnsafeMutableRawPointer { unsafe start.unsafelyUnwrapped + filled }
}
