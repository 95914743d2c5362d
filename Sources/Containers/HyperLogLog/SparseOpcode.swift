/// A run of registers with the same value, as a sparse HyperLogLog writes it:
///
///     00llllll            ZERO    l + 1 registers (1 to 64) that are 0
///     01llllll llllllll   XZERO   l + 1 registers (1 to 16,384) that are 0
///     1vvvvvll            VAL     l + 1 registers (1 to 4) of the value v + 1 (1 to 32)
struct SparseOpcode {
  static let valueMax: UInt8 = 32, valueLengthMax = 4
  private static let zeroLengthMax = 64

  /// The bytes, the first one lowest.
  private let bits: UInt16

  private init(bits: UInt16) { self.bits = bits }

  /// The opcode at `position` of a string. The last byte's missing successor counts as 0.
  @inline(__always)
  init(_ string: borrowing Bytes, at position: Int) {
    let first = UInt16(string[position])
    let isTwoBytes = first & 0xc0 == 0x40 && position + 1 < string.count
    bits = isTwoBytes ? first | UInt16(string[position + 1]) << 8 : first
  }

  /// Registers that are 0, in the shortest spelling.
  static func zeros(_ length: Int) -> SparseOpcode {
    let extra = UInt16(truncatingIfNeeded: length - 1)
    return SparseOpcode(bits: length <= zeroLengthMax ? extra : 0x40 | extra >> 8 | extra << 8)
  }

  /// One to four registers of a value.
  static func value(_ value: UInt8, length: Int) -> SparseOpcode {
    SparseOpcode(bits: 0x80 | UInt16(value - 1) << 2 | UInt16(truncatingIfNeeded: length - 1))
  }

  @inline(__always) var isValue: Bool { bits & 0x80 != 0 }
  @inline(__always) var isLongZeros: Bool { bits & 0xc0 == 0x40 }

  /// How many bytes it takes.
  @inline(__always) var size: Int { isLongZeros ? 2 : 1 }

  func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bits >> UInt16(index * 8)) }

  /// How many registers it stands for.
  @inline(__always)
  var length: Int {
    if isValue { return Int(bits & 3) + 1 }
    return isLongZeros ? Int((bits & 0x3f) << 8 | bits >> 8) + 1 : Int(bits & 0x3f) + 1
  }

  /// The value of those registers.
  @inline(__always) var value: UInt8 { isValue ? UInt8(truncatingIfNeeded: bits >> 2 & 31) + 1 : 0 }
}

/// Up to three opcodes, five bytes, that take the place of one.
struct SparseSplit {
  private(set) var count = 0
  private var bytes: UInt64 = 0

  mutating func append(_ opcode: SparseOpcode) {
    for index in 0..<opcode.size {
      bytes |= UInt64(opcode.byte(index)) << UInt64(count * 8)
      count += 1
    }
  }

  func byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: bytes >> UInt64(index * 8)) }
}

extension HyperLogLog {
  /// A run of registers in a sparse string.
  public enum Run: Sendable {
    /// Zeros of the short spelling, and of the long one.
    case zeros(Int), manyZeros(Int)
    case values(UInt8, count: Int)
  }

  /// Visits the runs of a sparse string, in order.
  public static func forEachRun(of string: borrowing Bytes, _ body: (Run) -> Void) {
    var position = headerSize
    while position < string.count {
      let opcode = SparseOpcode(string, at: position)
      position += opcode.size
      if opcode.isValue {
        body(.values(opcode.value, count: opcode.length))
      } else {
        body(opcode.isLongZeros ? .manyZeros(opcode.length) : .zeros(opcode.length))
      }
    }
  }

  /// Whether the opcodes of a sparse string stand for all registers, and for no more.
  public static func isWhole(_ string: borrowing Bytes) -> Bool {
    var position = headerSize
    var registers = 0
    while position < string.count {
      let opcode = SparseOpcode(string, at: position)
      position += opcode.size
      registers += opcode.length
    }
    return registers == registerCount && position == string.count
  }
}
