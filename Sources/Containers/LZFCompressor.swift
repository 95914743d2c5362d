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
  private static let hashBits: UInt64 = 14
  private static let farthest = 1 << 13
  private static let longestMatch = 264
  /// Of a string that is shorter, no part would repeat.
  private static let fewestBytes = 8

  /// Where three bytes of this hash were seen last, plus `base`.
  private let table: UnsafeMutablePointer<UInt32>
  /// What is added to positions of the next string: so much that all strings before lie too far back for it.
  private var base = UInt32(farthest) + 1

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
    guard count >= Self.fewestBytes, count > gain, count < Int(Int32.max) else { return false }
    let step = UInt32(count + Self.farthest)
    if base > UInt32.max - step {
      unsafe table.update(repeating: 0, count: 1 << Int(Self.hashBits))
      base = UInt32(Self.farthest) + 1
    }
    defer { base += step }
    output.reserve(count - gain)
    let input = unsafe LZFInput(bytes.baseAddress, count: count)
    var target = unsafe LZFOutput(output.freeSpace, limit: count - gain)
    guard compress(input, to: &target) else { return false }
    unsafe output.advance(by: target.written)
    return true
  }

  /// False when the output has no room for all.
  private func compress(_ input: LZFInput, to output: inout LZFOutput) -> Bool {
    // Read once: a store to the table could change them, for all that the compiler knows.
    let (table, base) = unsafe (self.table, Int(self.base))
    let end = input.count - 2
    var runStart = 0
    var position = 0
    while position < end {
      let word = input.word(at: position)
      let slot = hash(word)
      let distance = unsafe base &+ position &- Int(table[slot])
      unsafe table[slot] = UInt32(truncatingIfNeeded: base &+ position)
      if distance > Self.farthest {
        position &+= 1
        continue
      }
      let difference = word ^ input.word(at: position &- distance)
      // The low three bytes: numbers have their lowest byte first on all that this runs on.
      if difference << 40 != 0 {
        position &+= 1
        continue
      }
      let most = min(input.count &- position, Self.longestMatch)
      let length = difference != 0
        ? min(most, difference.trailingZeroBitCount &>> 3) : input.commonCount(position, distance: distance, most)
      guard output.appendRun(input, from: runStart, to: position), output.appendMatch(length, distance &- 1)
      else { return false }
      position &+= length
      runStart = position
      if position >= end { break }
      // The last two positions of the match are remembered: what repeats often goes on there.
      let last = input.word(at: position &- 2)
      unsafe table[hash(last)] = UInt32(truncatingIfNeeded: base &+ position &- 2)
      unsafe table[hash(last >> 8)] = UInt32(truncatingIfNeeded: base &+ position &- 1)
    }
    return output.appendRun(input, from: runStart, to: input.count)
  }

  /// The slot of a word's first three bytes.
  @inline(__always)
  private func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word << 40 &* 0x9e37_79b9_7f4a_7c15) >> (64 - Self.hashBits))
  }
}

/// What is compressed: eight bytes or more, which last as long as the call.
@safe
private struct LZFInput {
  private let start: UnsafeRawPointer
  let count: Int

  @unsafe
  init(_ start: UnsafeRawPointer, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  /// Eight bytes from a position on, the first one lowest; zeros behind the end.
  @inline(__always)
  func word(at position: Int) -> UInt64 {
    assert(position >= 0 && position < count)
    let excess = position &+ 8 &- count
    if excess <= 0 { return unsafe start.loadUnaligned(fromByteOffset: position, as: UInt64.self) }
    return unsafe start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self) >> UInt64(8 &* excess)
  }

  /// How many bytes from a position on, `most` at most, are those `distance` before them; eight are known to be.
  @inline(__always)
  func commonCount(_ position: Int, distance: Int, _ most: Int) -> Int {
    var common = 8
    while common < most {
      let next = position &+ common
      let difference = word(at: next) ^ word(at: next &- distance)
      if difference != 0 { return min(most, common &+ difference.trailingZeroBitCount &>> 3) }
      common &+= 8
    }
    return most
  }

  /// Copies bytes to `target`.
  @unsafe @inline(__always)
  func copy(from position: Int, _ count: Int, to target: UnsafeMutableRawPointer) {
    unsafe memcpy(target, start + position, count)
  }
}

/// What a string is compressed to, as far as it goes.
@safe
private struct LZFOutput: ~Copyable {
  private let start: UnsafeMutableRawPointer
  private let limit: Int
  private(set) var written = 0

  private static let longestRun = 32

  /// An output of at most `limit` bytes, for which there is room at `start`.
  @unsafe
  init(_ start: UnsafeMutableRawPointer, limit: Int) {
    unsafe self.start = start
    self.limit = limit
  }

  /// Appends bytes as they are; false when there is no room.
  @inline(__always)
  mutating func appendRun(_ input: LZFInput, from runStart: Int, to end: Int) -> Bool {
    let length = end &- runStart
    if length == 0 { return true }
    // Most runs are short, and a copy of a known size takes no call. What it writes too much is written over.
    if length <= 8 && written &+ 9 <= limit {
      unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: length &- 1), toByteOffset: written, as: UInt8.self)
      unsafe start.storeBytes(of: input.word(at: runStart), toByteOffset: written &+ 1, as: UInt64.self)
      written &+= 1 &+ length
      return true
    }
    return appendLongRun(input, from: runStart, to: end)
  }

  @inline(never)
  private mutating func appendLongRun(_ input: LZFInput, from runStart: Int, to end: Int) -> Bool {
    var position = runStart
    while position < end {
      let length = min(Self.longestRun, end - position)
      if written + 1 + length > limit { return false }
      unsafe start.storeBytes(of: UInt8(length - 1), toByteOffset: written, as: UInt8.self)
      unsafe input.copy(from: position, length, to: start + written + 1)
      written += 1 + length
      position += length
    }
    return true
  }

  /// Appends that bytes repeat which stand `distance` before the last one; false when there is no room.
  @inline(__always)
  mutating func appendMatch(_ length: Int, _ distance: Int) -> Bool {
    if written &+ 3 > limit { return false }
    let target = unsafe start + written
    let (high, low) = (distance >> 8, distance & 0xff)
    if length < 9 {
      unsafe target.storeBytes(
        of: UInt16(truncatingIfNeeded: (length &- 2) << 5 | high | low << 8), as: UInt16.self)
      written &+= 2
    } else {
      unsafe target.storeBytes(
        of: UInt16(truncatingIfNeeded: 0xe0 | high | (length &- 9) << 8), as: UInt16.self)
      unsafe target.storeBytes(of: UInt8(truncatingIfNeeded: low), toByteOffset: 2, as: UInt8.self)
      written &+= 3
    }
    return true
  }
}
