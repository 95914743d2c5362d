// Unsafe: positions of the input are read, and bytes of the output written, behind checks of their ranges; the hash
// table is one block that lives as long as the compressor.
import Glibc

/// The compression of strings in Redis' files and DUMP payloads: Marc Lehmann's LZF.
///
///     000lllll                        l + 1 bytes follow as they are, 1 to 32
///     lllooooo oooooooo               l + 2 bytes as they stand o + 1 bytes before, 3 to 8
///     111ooooo llllllll oooooooo      l + 9 bytes as they stand o + 1 bytes before, 9 to 264
///
/// One compressor is used by one thread at a time; what it remembers of one string never shows in the next.
@safe
public final class LZFCompressor: @unchecked Sendable {
  private static let hashBits: UInt32 = 14
  private static let farthest = 1 << 13
  private static let longestMatch = 264
  private static let longestRun = 32

  /// Where three bytes of this hash were seen last, plus `base`.
  private let table: UnsafeMutablePointer<UInt32>
  /// Entries below it are of strings before.
  private var base: UInt32 = 1

  /// A compressor with a table of 64 KB.
  public init() {
    unsafe table = .allocate(capacity: 1 << Int(Self.hashBits))
    unsafe table.initialize(repeating: 0, count: 1 << Int(Self.hashBits))
  }

  deinit { unsafe table.deallocate() }

  /// Appends the compressed form of `bytes` if it is at least `gain` bytes shorter; false, and nothing is appended,
  /// when it is not. O(count).
  public func compress(_ bytes: borrowing Bytes, into output: inout ByteBuffer, gain: Int) -> Bool {
    let count = bytes.count
    guard count > gain, count < Int(Int32.max) else { return false }
    let limit = count - gain
    if base > UInt32.max - UInt32(count) {
      unsafe table.update(repeating: 0, count: 1 << Int(Self.hashBits))
      base = 1
    }
    defer { base += UInt32(count) }
    let start = output.count
    output.reserve(limit)
    let length = unsafe compress(bytes.baseAddress, count, to: output.freeSpace, limit)
    guard length > 0 else { return false }
    unsafe output.advance(by: length)
    return output.count > start
  }

  /// Returns how many bytes of at most `limit` were written, 0 when they do not suffice.
  @unsafe
  private func compress(
    _ input: UnsafeRawPointer, _ count: Int, to output: UnsafeMutableRawPointer, _ limit: Int
  ) -> Int {
    var written = 0
    var runStart = 0
    var position = 0
    while position + 2 < count {
      let slot = unsafe hash(input + position)
      let reference = unsafe Int(table[slot]) - Int(base)
      unsafe table[slot] = base + UInt32(position)
      guard reference >= 0, position - reference <= Self.farthest,
        unsafe matches(input + reference, input + position)
      else {
        position += 1
        continue
      }
      guard unsafe copyRun(input, runStart..<position, to: output, &written, limit), written + 3 <= limit
      else { return 0 }
      let most = min(count - position, Self.longestMatch)
      var length = 3
      while length < most, unsafe input.load(fromByteOffset: reference + length, as: UInt8.self)
        == input.load(fromByteOffset: position + length, as: UInt8.self)
      {
        length += 1
      }
      let distance = position - reference - 1
      let high = UInt8(truncatingIfNeeded: distance >> 8)
      if length < 9 {
        unsafe output.storeBytes(of: UInt8(length - 2) << 5 | high, toByteOffset: written, as: UInt8.self)
        written += 1
      } else {
        unsafe output.storeBytes(of: 0xe0 | high, toByteOffset: written, as: UInt8.self)
        unsafe output.storeBytes(of: UInt8(length - 9), toByteOffset: written + 1, as: UInt8.self)
        written += 2
      }
      unsafe output.storeBytes(of: UInt8(distance & 0xff), toByteOffset: written, as: UInt8.self)
      written += 1
      // The last two positions of the match are remembered: what repeats often goes on there.
      let end = position + length
      for inside in max(position + 1, end - 2)..<end where inside + 2 < count {
        unsafe table[hash(input + inside)] = base + UInt32(inside)
      }
      position = end
      runStart = end
    }
    guard unsafe copyRun(input, runStart..<count, to: output, &written, limit) else { return 0 }
    return written
  }

  @unsafe @inline(__always)
  private func hash(_ address: UnsafeRawPointer) -> Int {
    let first = unsafe UInt32(address.loadUnaligned(as: UInt16.self))
    let word = unsafe first << 8 | UInt32(address.load(fromByteOffset: 2, as: UInt8.self))
    return Int((word &* 0x9e37_79b1) >> (32 - Self.hashBits))
  }

  @unsafe @inline(__always)
  private func matches(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer) -> Bool {
    unsafe left.loadUnaligned(as: UInt16.self) == right.loadUnaligned(as: UInt16.self)
      && left.load(fromByteOffset: 2, as: UInt8.self) == right.load(fromByteOffset: 2, as: UInt8.self)
  }

  /// Writes bytes as they are; false when there is no room.
  @unsafe
  private func copyRun(
    _ input: UnsafeRawPointer, _ range: Range<Int>, to output: UnsafeMutableRawPointer, _ written: inout Int,
    _ limit: Int
  ) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound {
      let length = min(Self.longestRun, range.upperBound - start)
      if written + 1 + length > limit { return false }
      unsafe output.storeBytes(of: UInt8(length - 1), toByteOffset: written, as: UInt8.self)
      unsafe memcpy(output + written + 1, input + start, length)
      written += 1 + length
      start += length
    }
    return true
  }
}

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
        guard position + length <= bytes.count, isPrefix || length <= left else { return false }
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
        repeatBytes(&output, distance: distance, count: min(length, left))
      }
      if isPrefix && output.count - start == count { return true }
    }
    return output.count - start == count
  }

  /// Appends bytes that stand `distance` before the end, over and over when there are fewer.
  private static func repeatBytes(_ output: inout ByteBuffer, distance: Int, count: Int) {
    output.reserve(count)
    guard count > 0, let start = unsafe output.baseAddress else { return }
    let target = unsafe start + output.count
    let source = unsafe target - distance
    if distance >= count {
      unsafe memcpy(target, source, count)
    } else {
      for index in 0..<count {
        unsafe target.storeBytes(
          of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
      }
    }
    unsafe output.advance(by: count)
  }
}
