// Bits are numbered as Redis numbers them: bit 0 is the highest of the first byte.
// Unsafe: vectors and words are read unaligned straight from the view, each read guarded by what is left of it.

import CVector

extension Bytes {
  /// How many of the bits in `range` are set; a trap when out of range. O(range.count).
  public func setBitCount(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count * 8, "bit range out of range")
    guard let ends = BitRangeEnds(range) else { return 0 }
    if ends.first == ends.last { return (self[ends.first] & ends.firstMask & ends.lastMask).nonzeroBitCount }
    let inner = self[ends.first + 1..<ends.last]
    return (self[ends.first] & ends.firstMask).nonzeroBitCount + (self[ends.last] & ends.lastMask).nonzeroBitCount
      + inner.setBitCount
  }

  /// How many bits are set. O(count).
  public var setBitCount: Int {
    if VectorUnit.isAvailable { return unsafe Int(cvector_bit_count(start, count)) }
    return portableSetBitCount
  }

  /// As `setBitCount`, on any machine: blocks of 256 bytes go through carry-save adders, so that bits are counted in
  /// one vector of eight (W. Mula, N. Kurz, D. Lemire, "Faster Population Counts Using AVX2 Instructions", 2018).
  var portableSetBitCount: Int {
    var counter = CarrySaveCounter()
    var offset = 0
    while count &- offset >= CarrySaveCounter.blockSize {
      unsafe counter.add(start + offset)
      offset &+= CarrySaveCounter.blockSize
    }
    var total = counter.total
    while count &- offset >= 8 {
      total &+= unsafe KeyHash.word(start + offset).nonzeroBitCount
      offset &+= 8
    }
    return total &+ word(at: offset).nonzeroBitCount
  }
}

/// The bytes in which a range of bits begins and ends, and which of their bits belong to it.
struct BitRangeEnds {
  let first: Int
  let last: Int
  let firstMask: UInt8
  let lastMask: UInt8

  /// Nil for an empty range.
  init?(_ range: Range<Int>) {
    if range.isEmpty { return nil }
    let lastBit = range.upperBound - 1
    first = range.lowerBound >> 3
    last = lastBit >> 3
    firstMask = 0xff >> UInt8(truncatingIfNeeded: range.lowerBound & 7)
    lastMask = 0xff << UInt8(truncatingIfNeeded: 7 - (lastBit & 7))
  }
}

/// Counts set bits of eight vectors at a time. Bit i of `ones`, `twos` and `fours` are the lower digits of how often
/// bit i was set so far; each carry out of `fours` stands for eight bits and is counted.
private struct CarrySaveCounter {
  typealias Vector = SIMD4<UInt64>

  static let blockSize = 8 * MemoryLayout<Vector>.size

  private var ones = Vector.zero
  private var twos = Vector.zero
  private var fours = Vector.zero
  private var eights = 0

  /// Counts the block at `address`.
  @unsafe @inline(__always)
  mutating func add(_ address: UnsafeRawPointer) {
    let carry1 = unsafe Self.add(&ones, Self.vector(address, 0), Self.vector(address, 1))
    let carry2 = unsafe Self.add(&ones, Self.vector(address, 2), Self.vector(address, 3))
    let carry3 = Self.add(&twos, carry1, carry2)
    let carry4 = unsafe Self.add(&ones, Self.vector(address, 4), Self.vector(address, 5))
    let carry5 = unsafe Self.add(&ones, Self.vector(address, 6), Self.vector(address, 7))
    let carry6 = Self.add(&twos, carry4, carry5)
    eights &+= Self.setBitCount(Self.add(&fours, carry3, carry6))
  }

  var total: Int {
    8 * eights + 4 * Self.setBitCount(fours) + 2 * Self.setBitCount(twos) + Self.setBitCount(ones)
  }

  @unsafe @inline(__always)
  private static func vector(_ address: UnsafeRawPointer, _ index: Int) -> Vector {
    unsafe address.loadUnaligned(fromByteOffset: index &* MemoryLayout<Vector>.size, as: Vector.self)
  }

  /// Adds two bits to each bit of `sum`; the carries.
  @inline(__always)
  private static func add(_ sum: inout Vector, _ first: Vector, _ second: Vector) -> Vector {
    let half = sum ^ first
    let carry = (sum & first) | (half & second)
    sum = half ^ second
    return carry
  }

  /// The digits of all bytes are added side by side: pairs of bits, of pairs, of nibbles.
  @inline(__always)
  private static func setBitCount(_ bits: Vector) -> Int {
    let pairs = bits &- ((bits &>> 1) & 0x5555_5555_5555_5555)
    let nibbles = (pairs & 0x3333_3333_3333_3333) &+ ((pairs &>> 2) & 0x3333_3333_3333_3333)
    let bytes = (nibbles &+ (nibbles &>> 4)) & 0x0f0f_0f0f_0f0f_0f0f
    // At most 32 in a byte, so that four lanes fit in one.
    let sum = bytes[0] &+ bytes[1] &+ bytes[2] &+ bytes[3]
    let wide = (sum & 0x00ff_00ff_00ff_00ff) &+ ((sum &>> 8) & 0x00ff_00ff_00ff_00ff)
    return Int(truncatingIfNeeded: (wide &* 0x0001_0001_0001_0001) &>> 48)
  }
}
