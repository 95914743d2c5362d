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
      // What it leaves is rare, damaged, or near the end of either side.
      position = decompressInside(bytes, from: position, into: &output, start: start, count: count)
      if position == bytes.count || isPrefix && output.count - start == count { break }
      let control = Int(bytes[position])
      position += 1
      let left = count - (output.count - start)
      if control < 32 {
        let length = control + 1
        guard length <= bytes.count - position, isPrefix || length <= left else { return false }
        output.append(bytes[position..<position + min(length, left)])
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
        repeatBytes(distance: distance, count: min(length, left), &output)
      }
    }
    return output.count - start == count
  }

  /// Appends what stands for bytes, up to where `longestRun` of them could reach beyond one side's end, and what it
  /// does not know how to copy in words; returns where it stopped, which is before a control byte.
  ///
  /// Copies whole words: what is written too much is written over, and lies inside the `count` bytes there are to be.
  private static func decompressInside(
    _ bytes: borrowing Bytes, from first: Int, into output: inout ByteBuffer, start: Int, count: Int
  ) -> Int {
    let lastRead = bytes.count - longestRun - 1
    let lastWritten = min(count, output.capacity - start) - longestRun
    var position = first
    var written = output.count - start
    guard position <= lastRead, written <= lastWritten else { return position }
    let input = unsafe bytes.baseAddress
    let target = unsafe output.freeSpace - written
    while position <= lastRead && written <= lastWritten {
      let control = Int(unsafe input.load(fromByteOffset: position, as: UInt8.self))
      if control < longestRun {
        unsafe copyRun(from: input + position + 1, to: target + written, count: control &+ 1)
        written &+= control &+ 1
        position &+= control &+ 2
        continue
      }
      var length = control &>> 5 &+ 2
      var low = position &+ 1
      if length == 9 {
        length &+= Int(unsafe input.load(fromByteOffset: low, as: UInt8.self))
        low &+= 1
        if length > lastWritten &- written &+ longestRun &- 8 { break }
      }
      let distance = (control & 0x1f) &<< 8 &+ Int(unsafe input.load(fromByteOffset: low, as: UInt8.self)) &+ 1
      guard distance >= 8, distance <= written else { break }
      unsafe copyMatch(to: target + written, distance: distance, count: length)
      written &+= length
      position = low &+ 1
    }
    unsafe output.advance(by: written - (output.count - start))
    return position
  }

  private static let longestRun = 32

  /// Copies `longestRun` bytes or fewer, of which `count` matter.
  @unsafe @inline(__always)
  private static func copyRun(from source: UnsafeRawPointer, to target: UnsafeMutableRawPointer, count: Int) {
    unsafe target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    if count <= 8 { return }
    for offset in stride(from: 8, to: longestRun, by: 8) {
      let word = unsafe source.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      unsafe target.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
    }
  }

  /// Copies bytes that stand `distance` before them, which is eight or more, and up to seven too many.
  @unsafe @inline(__always)
  private static func copyMatch(to target: UnsafeMutableRawPointer, distance: Int, count: Int) {
    unsafe copyWord(to: target, distance)
    // Most are no longer, or than two words.
    if count <= 8 { return }
    unsafe copyWord(to: target + 8, distance)
    var copied = 16
    while copied < count {
      unsafe copyWord(to: target + copied, distance)
      copied &+= 8
    }
  }

  @unsafe @inline(__always)
  private static func copyWord(to target: UnsafeMutableRawPointer, _ distance: Int) {
    unsafe target.storeBytes(of: (target - distance).loadUnaligned(as: UInt64.self), as: UInt64.self)
  }

  /// Appends bytes that stand `distance` before the end, over and over when there are fewer.
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
