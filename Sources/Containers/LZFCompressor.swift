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

  /// Bytes that have to stand behind a string, whatever they are: words of it are read without a look at its end.
  public static let slack = 8

  /// Appends the compressed form of the first `count` of `bytes`, behind which there are `slack` more, if it is at
  /// least `gain` bytes shorter; false, and nothing is appended, when it is not. O(count).
  public func compress(_ bytes: borrowing Bytes, count: Int, into output: inout ByteBuffer, gain: Int) -> Bool {
    precondition(count >= 0 && count <= bytes.count - Self.slack, "a string without bytes behind it")
    guard count >= Self.fewestBytes, count > gain, count < Int(Int32.max) else { return false }
    let step = UInt32(count + Self.farthest)
    if base > UInt32.max - step {
      unsafe table.update(repeating: 0, count: 1 << Int(Self.hashBits))
      base = UInt32(Self.farthest) + 1
    }
    defer { base += step }
    output.reserve(count - gain)
    let input = unsafe LZFInput(bytes.baseAddress, count: count)
    let target = unsafe LZFOutput(output.freeSpace, limit: count - gain)
    guard let written = compress(input, to: target) else { return false }
    unsafe output.advance(by: written)
    return true
  }

  /// How many bytes of output it takes; nil when there is no room for them.
  private func compress(_ input: LZFInput, to target: consuming LZFOutput) -> Int? {
    var output = target
    // Read once: a store to the table could change them, for all that the compiler knows.
    let (table, base) = unsafe (self.table, Int(self.base))
    let end = input.count - 2
    var runStart = 0
    var position = 0
    while position < end {
      let word = input.word(at: position)
      let slot = Self.hash(word)
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
      var length = input.commonCount(position, distance: distance, difference, Self.longestMatch)
      if length > input.count &- position { length = input.restCount(position) }
      guard output.append(input, from: runStart, to: position, length, distance &- 1) else { return nil }
      position &+= length
      runStart = position
      // The last position of the match is remembered: what repeats often goes on there.
      unsafe table[Self.hash(input.word(at: position &- 1))] = UInt32(truncatingIfNeeded: base &+ position &- 1)
    }
    return output.appendRun(input, from: runStart, to: input.count) ? output.written : nil
  }

  /// The slot of a word's first three bytes.
  @inline(__always)
  private static func hash(_ word: UInt64) -> Int {
    Int(truncatingIfNeeded: (word << 40 &* 0x9e37_79b9_7f4a_7c15) >> (64 - hashBits))
  }
}

/// What is compressed, and lasts as long as the call; some bytes behind it may be read.
@safe
private struct LZFInput {
  private let start: UnsafeRawPointer
  let count: Int

  @unsafe
  init(_ start: UnsafeRawPointer, count: Int) {
    unsafe self.start = start
    self.count = count
  }

  /// Eight bytes from a position on, the first one lowest.
  @inline(__always)
  func word(at position: Int) -> UInt64 {
    assert(position >= 0 && position < count)
    return unsafe start.loadUnaligned(fromByteOffset: position, as: UInt64.self)
  }

  /// How many bytes from a position on, `limit` at most, are those `distance` before them; near the end up to seven
  /// more. The first eight differ by `difference`, but for three or more.
  @inline(__always)
  func commonCount(_ position: Int, distance: Int, _ difference: UInt64, _ limit: Int) -> Int {
    var common = 3
    var rest = difference >> 24
    if difference == 0 {
      let most = min(count &- position, limit)
      common = 0
      repeat {
        common &+= 8
        if common >= most { return most }
        let next = position &+ common
        rest = word(at: next) ^ word(at: next &- distance)
      } while rest == 0
    }
    // In small steps: a processor guesses where they end, and goes on there, while it would wait for a computed number.
    while rest & 0xffff == 0 {
      rest >>= 16
      common &+= 2
    }
    while rest & 0xff == 0 {
      rest >>= 8
      common &+= 1
    }
    return common
  }

  /// Bytes from a position on. A call, which is guessed not to be made: a minimum would be waited for.
  @inline(never)
  func restCount(_ position: Int) -> Int { count - position }

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
  /// Bytes of a run that is copied as a word.
  private static let shortRun = 8

  /// An output of at most `limit` bytes, for which there is room at `start`.
  @unsafe
  init(_ start: UnsafeMutableRawPointer, limit: Int) {
    unsafe self.start = start
    self.limit = limit
  }

  /// Appends bytes as they are, and then that `length` bytes repeat which stand `distance` before the last one; false
  /// when there is no room.
  @inline(__always)
  mutating func append(_ input: LZFInput, from runStart: Int, to end: Int, _ length: Int, _ distance: Int) -> Bool {
    let run = end &- runStart
    // Most runs are short, and a copy of a known size takes no call. What it writes too much is written over.
    if run <= Self.shortRun && written &+ Self.shortRun &+ 4 <= limit {
      if run > 0 {
        unsafe start.storeBytes(of: UInt8(truncatingIfNeeded: run &- 1), toByteOffset: written, as: UInt8.self)
        unsafe start.storeBytes(of: input.word(at: runStart), toByteOffset: written &+ 1, as: UInt64.self)
        written &+= 1 &+ run
      }
    } else if !appendRun(input, from: runStart, to: end) || written &+ 3 > limit {
      return false
    }
    appendMatch(length, distance)
    return true
  }

  /// Appends bytes as they are; false when there is no room.
  ///
  /// What does the work knows numbers alone: an output whose address were passed on would lie in memory, and each
  /// change of it wait for the one before.
  @inline(__always)
  mutating func appendRun(_ input: LZFInput, from runStart: Int, to end: Int) -> Bool {
    guard let count = unsafe Self.storeRun(input, from: runStart, to: end, at: start + written, limit &- written)
    else { return false }
    written &+= count
    return true
  }

  /// Stores bytes as they are, and returns how many that takes; nil when there is no room.
  @unsafe @inline(never)
  private static func storeRun(
    _ input: LZFInput, from runStart: Int, to end: Int, at target: UnsafeMutableRawPointer, _ room: Int
  ) -> Int? {
    var stored = 0
    var position = runStart
    while position < end {
      let length = min(longestRun, end - position)
      if stored + 1 + length > room { return nil }
      unsafe target.storeBytes(of: UInt8(length - 1), toByteOffset: stored, as: UInt8.self)
      unsafe input.copy(from: position, length, to: target + stored + 1)
      stored += 1 + length
      position += length
    }
    return stored
  }

  /// Appends that bytes repeat, for which there is room.
  @inline(__always)
  private mutating func appendMatch(_ length: Int, _ distance: Int) {
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
  }
}
