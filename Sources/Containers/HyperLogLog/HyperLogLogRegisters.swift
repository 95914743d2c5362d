/// All registers of a HyperLogLog, a byte each, for joining several: eight to a word, and four words at a time.
public struct HyperLogLogRegisters: Sendable {
  typealias Vector = SIMD4<UInt64>

  private var words: [UInt64]

  /// Registers that are all 0.
  public init() {
    words = Array(repeating: 0, count: HyperLogLog.registerCount / 8)
  }

  /// The value of a register.
  public subscript(index: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: words[index >> 3] &>> UInt64(truncatingIfNeeded: (index & 7) &* 8))
  }

  /// Raises each register to that of a HyperLogLog where it is lower; false when the string is corrupted, and some of
  /// them may have been raised.
  public mutating func merge(_ string: borrowing Bytes) -> Bool {
    if HyperLogLog.encoding(of: string) == .sparse { return mergeSparse(string) }
    for index in stride(from: 0, to: words.count, by: 4) {
      let higher = Self.higher(vector(index), Self.unpacked(string, index))
      for lane in 0..<4 { words[index + lane] = higher[lane] }
    }
    return true
  }

  private mutating func mergeSparse(_ string: borrowing Bytes) -> Bool {
    var position = HyperLogLog.headerSize
    var index = 0
    while position < string.count {
      let opcode = SparseOpcode(string, at: position)
      position += opcode.size
      if index + opcode.length > HyperLogLog.registerCount { return false }
      if opcode.isValue {
        for offset in 0..<opcode.length { raise(index + offset, opcode.value) }
      }
      index += opcode.length
    }
    return index == HyperLogLog.registerCount
  }

  @inline(__always)
  private mutating func raise(_ index: Int, _ value: UInt8) {
    let shift = UInt64(truncatingIfNeeded: (index & 7) &* 8)
    let word = words[index >> 3]
    if UInt8(truncatingIfNeeded: word &>> shift) < value {
      words[index >> 3] = (word & ~(0xff &<< shift)) | UInt64(value) &<< shift
    }
  }

  @inline(__always)
  private func vector(_ index: Int) -> Vector {
    Vector(words[index], words[index + 1], words[index + 2], words[index + 3])
  }

  /// The cardinality that the registers tell.
  public var cardinality: UInt64 {
    var histogram = RegisterHistogram()
    for word in words { histogram.add(octets: word) }
    return histogram.cardinality
  }

  /// Appends the registers as a dense string has them.
  func appendDense(to string: inout ByteBuffer) {
    for index in stride(from: 0, to: words.count, by: 4) {
      let packed = Self.packed(vector(index))
      for lane in 0..<4 {
        string.append(littleEndian: UInt32(truncatingIfNeeded: packed[lane]))
        string.append(littleEndian: UInt16(truncatingIfNeeded: packed[lane] >> 32))
      }
    }
  }

  /// The greater of each two bytes, all below 128: the upper bit, lent to the first, is left where it is no less.
  @inline(__always)
  private static func higher(_ first: Vector, _ second: Vector) -> Vector {
    let upper: UInt64 = 0x8080_8080_8080_8080
    let isFirst = ((first | upper) &- second) & upper
    let mask = isFirst | (isFirst &- (isFirst &>> 7))
    return (first & mask) | (second & ~mask)
  }

  /// The registers of a dense string that make four words from `index` on: 24 bytes, 6 for each word. Halves are
  /// moved apart: of 48 bits, of 24, of 12.
  @inline(__always)
  private static func unpacked(_ string: borrowing Bytes, _ index: Int) -> Vector {
    let offset = HyperLogLog.headerSize + index * 6
    let words = Vector(
      string.word(at: offset), string.word(at: offset + 6), string.word(at: offset + 12), string.word(at: offset + 18))
    let halves = (words & 0xff_ffff) | ((words & 0xffff_ff00_0000) &<< 8)
    let quarters = (halves & 0x0fff_0000_0fff) | ((halves & 0x00ff_f000_00ff_f000) &<< 4)
    return (quarters & 0x003f_003f_003f_003f) | ((quarters & 0x0fc0_0fc0_0fc0_0fc0) &<< 2)
  }

  /// The other way: 48 bits in each word.
  @inline(__always)
  private static func packed(_ registers: Vector) -> Vector {
    let quarters = (registers & 0x003f_003f_003f_003f) | ((registers & 0x3f00_3f00_3f00_3f00) &>> 2)
    let halves = (quarters & 0x0fff_0000_0fff) | ((quarters & 0x0fff_0000_0fff_0000) &>> 4)
    return (halves & 0xff_ffff) | ((halves & 0x00ff_ffff_0000_0000) &>> 8)
  }
}
