import ConformanceSupport
import Testing

@testable import Containers

/// Bits of byte strings against the obvious way, one by one: at all lengths around words and vectors, and from
/// addresses of all alignments.
@Suite struct BitTests {
  private static let lengths = Array(0...40) + [63, 64, 65, 71, 255, 256, 257, 263, 511, 512, 519, 800]

  private static func bits(_ bytes: [UInt8]) -> [Bool] {
    bytes.flatMap { byte in (0..<8).map { byte & (0x80 >> UInt8($0)) != 0 } }
  }

  private static func bytes(_ bits: [Bool]) -> [UInt8] {
    stride(from: 0, to: bits.count, by: 8).map { start in
      (0..<8).reduce(0) { $0 << 1 | (bits[start + $1] ? 1 : 0) }
    }
  }

  /// Bytes with many set bits, few, none or all.
  private static func random(_ count: Int, _ random: inout SeededGenerator) -> [UInt8] {
    switch random.below(4) {
    case 0: return Array(repeating: random.below(2) == 0 ? 0 : 0xff, count: count)
    case 1:
      var bytes = [UInt8](repeating: random.below(2) == 0 ? 0 : 0xff, count: count)
      if count > 0 { bytes[random.below(count)] ^= 1 << UInt8(random.below(8)) }
      return bytes
    default: return random.bytes(count, from: Array(0...255))
    }
  }

  @Test func countsAndFindsBits() {
    var random = SeededGenerator(seed: 11)
    for length in Self.lengths {
      for alignment in 0..<8 {
        let bytes = Self.random(length, &random)
        let bits = Self.bits(bytes)
        let padded = [UInt8](repeating: 0x5a, count: alignment) + bytes + [0xa5, 0xa5]
        for round in 0..<6 {
          let ends = [random.below(length * 8 + 1), random.below(length * 8 + 1)].sorted()
          let range = round == 0 ? 0..<length * 8 : ends[0]..<ends[1]
          let count = padded.bytes[alignment..<alignment + length].setBitCount(in: range)
          let set = padded.bytes[alignment..<alignment + length].firstBit(isSet: true, in: range)
          let clear = padded.bytes[alignment..<alignment + length].firstBit(isSet: false, in: range)
          #expect(count == bits[range].count { $0 }, "\(length) bytes at \(alignment), \(range)")
          #expect(set == bits[range].firstIndex(of: true), "\(length) bytes at \(alignment), \(range)")
          #expect(clear == bits[range].firstIndex(of: false), "\(length) bytes at \(alignment), \(range)")
        }
        let whole = padded.bytes[alignment..<alignment + length].setBitCount
        let portable = padded.bytes[alignment..<alignment + length].portableSetBitCount
        #expect(whole == bits.count { $0 } && portable == whole)
      }
    }
  }

  @Test func countsManyBits() {
    let ones = [UInt8](repeating: 0xff, count: 100_003)
    let count = ones.bytes.setBitCount, portable = ones.bytes.portableSetBitCount
    #expect(count == 800_024 && portable == count)
  }

  @Test func readsAndWritesFields() {
    var random = SeededGenerator(seed: 12)
    for length in 1...20 {
      for _ in 0..<400 {
        let bytes = random.bytes(length, from: Array(0...255))
        var bits = Self.bits(bytes)
        let width = 1 + random.below(64)
        let offset = random.below(length * 8 + 70)
        let expected = (offset..<offset + width).reduce(UInt64(0)) {
          $0 << 1 | ($1 < bits.count && bits[$1] ? 1 : 0)
        }
        let field = bytes.bytes.bitField(at: offset, width: width)
        let bit = bytes.bytes.bit(at: offset)
        #expect(field == expected, "\(width) bits at \(offset) of \(length) bytes")
        #expect(bit == (offset < bits.count && bits[offset]))
        if offset + width > bits.count { continue }
        let value = random.next()
        var buffer = ByteBuffer()
        buffer.append(bytes.bytes)
        buffer.setBitField(at: offset, width: width, to: value)
        for index in 0..<width { bits[offset + index] = value >> UInt64(width - 1 - index) & 1 == 1 }
        let isFieldSet = buffer.bytes == Self.bytes(bits).bytes
        #expect(isFieldSet, "\(width) bits at \(offset) of \(length) bytes")
        let isSet = random.below(2) == 0
        buffer.setBit(at: offset, to: isSet)
        bits[offset] = isSet
        let isBitSet = buffer.bytes == Self.bytes(bits).bytes
        #expect(isBitSet)
      }
    }
  }

  @Test func combinesBits() {
    var random = SeededGenerator(seed: 13)
    for length in Self.lengths {
      for alignment in 0..<8 {
        let first = random.bytes(alignment + length + random.below(3), from: Array(0...255))
        let second = random.bytes(length + 8, from: Array(0...255))
        let skipped = random.below(9)
        let combinations: [(BitCombination, (UInt8, UInt8) -> UInt8)] = [
          (.and, { $0 & $1 }), (.or, { $0 | $1 }), (.xor, { $0 ^ $1 }), (.andNot, { $0 & ~$1 }),
        ]
        for (combination, combined) in combinations {
          var buffer = ByteBuffer()
          buffer.append(first.bytes)
          buffer.combine(combination, at: alignment, with: second.bytes[skipped..<skipped + length])
          var expected = first
          for index in 0..<length {
            expected[alignment + index] = combined(first[alignment + index], second[skipped + index])
          }
          let isEqual = buffer.bytes == expected.bytes
          #expect(isEqual, "\(combination) of \(length) bytes at \(alignment)")
        }
        var buffer = ByteBuffer()
        buffer.append(first.bytes)
        buffer.invert(from: alignment)
        let inverted = first.enumerated().map { $0 < alignment ? $1 : ~$1 }
        let isInverted = buffer.bytes == inverted.bytes
        #expect(isInverted)
        buffer.clear(from: alignment)
        let isCleared = buffer.count == first.count && buffer.bytes[alignment..<first.count].setBitCount == 0
        #expect(isCleared)
        let isLonger = buffer.extend(toCount: length)
        #expect(isLonger == (length > first.count) && buffer.count == max(length, first.count))
      }
    }
  }
}
