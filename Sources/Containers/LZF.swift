// Unsafe: bytes are copied behind the output's end, after checks of where they come from and that there is room.

import Glibc

/// The other direction.
public enum LZF {
  /// How many times longer than its compressed form a string can be.
  public static let greatestRatio = 88

  /// Room made at once; beyond it only as it is filled, for lengths that are claimed prove nothing.
  private static let firstRoom = 64 << 10

  /// Appends what `bytes` stand for, exactly `count` bytes of it or, where that is enough, the first `count` of more;
  /// false when they are damaged, in which case anything may have been appended. O(count).
  public static func decompress(
    _ bytes: borrowing Bytes, into output: inout ByteBuffer, count: Int, isPrefix: Bool = false
  ) -> Bool {
    guard count >= 0, isPrefix || count / greatestRatio <= bytes.count else { return false }
    let start = output.count
    output.reserve(min(count, firstRoom))
    var position = 0
    while position < bytes.count {
      let control = Int(bytes[position])
      position += 1
      let left = count - (output.count - start)
      if control < 32 {
        let length = control + 1
        guard length <= bytes.count - position, isPrefix || length <= left else { return false }
        appendRun(bytes, from: position, count: min(length, left), to: &output)
        position += length
      } else {
        var length = control >> 5 + 2
        if length == 9 {
          guard position < bytes.count else { return false }
          length += Int(bytes[position])
          position += 1
        }
        guard position < bytes.count else { return false }
        let distance = (control & 0x1f) << 8 + Int(bytes[position]) + 1
        position += 1
        guard distance <= output.count - start, isPrefix || length <= left else { return false }
        appendRepeated(distance: distance, count: min(length, left), to: &output)
      }
      if isPrefix && output.count - start == count { return true }
    }
    return output.count - start == count
  }

  /// Appends bytes as they are.
  @inline(__always)
  private static func appendRun(
    _ bytes: borrowing Bytes, from position: Int, count: Int, to output: inout ByteBuffer
  ) {
    // Most runs are short, and a copy of a known size takes no call. What it copies too much is not counted.
    if count <= 8 && position + 8 <= bytes.count && output.capacity - output.count >= 8 {
      let word = unsafe (bytes.baseAddress + position).loadUnaligned(as: UInt64.self)
      unsafe output.freeSpace.storeBytes(of: word, as: UInt64.self)
      unsafe output.advance(by: count)
    } else {
      output.append(bytes[position..<position + count])
    }
  }

  /// Appends bytes that stand `distance` before the end, over and over when there are fewer.
  @inline(__always)
  private static func appendRepeated(distance: Int, count: Int, to output: inout ByteBuffer) {
    // Eight bytes at a time, where that many have been written before them: up to seven too much are not counted.
    if distance >= 8 && output.capacity - output.count >= count + 7 {
      let target = unsafe output.freeSpace
      var copied = 0
      while copied < count {
        let word = unsafe (target + copied - distance).loadUnaligned(as: UInt64.self)
        unsafe target.storeBytes(of: word, toByteOffset: copied, as: UInt64.self)
        copied += 8
      }
      unsafe output.advance(by: count)
    } else {
      repeatBytes(distance: distance, count: count, &output)
    }
  }

  @inline(never)
  private static func repeatBytes(distance: Int, count: Int, _ output: inout ByteBuffer) {
    output.reserve(count)
    let target = unsafe output.freeSpace
    // The bytes that repeat are copied as they are, then twice as many of them, until it is enough.
    var copied = 0
    while copied < count {
      let length = min(count - copied, distance + copied)
      unsafe memcpy(target + copied, target - distance, length)
      copied += length
    }
    unsafe output.advance(by: count)
  }
}
