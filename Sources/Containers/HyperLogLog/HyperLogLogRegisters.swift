/// All registers of a HyperLogLog, for joining several: a dense string of its own, which is raised to others.
public struct HyperLogLogRegisters: ~Copyable {
  /// A dense string; empty, which stands for registers that are all 0, until something is merged.
  private var string = ByteBuffer()
  /// Whether functions of `CVector` do what is done to all registers; portable code does the same.
  private let usesVectorUnit: Bool
  /// Whether a string that was merged was dense.
  public private(set) var isDense = false

  /// Whether nothing has been merged.
  public var isEmpty: Bool { string.isEmpty }

  /// Registers that are all 0.
  public init() { self.init(usesVectorUnit: VectorUnit.isAvailable) }

  /// As `init()`, with or without the vector unit.
  init(usesVectorUnit: Bool) { self.usesVectorUnit = usesVectorUnit }

  /// The value of a register.
  public subscript(index: Int) -> UInt8 { string.isEmpty ? 0 : HyperLogLog.denseRegister(index, of: string.bytes) }

  /// Raises each register to that of a HyperLogLog where it is lower; false when the string is corrupted, and some of
  /// them may have been raised.
  public mutating func merge(_ other: borrowing Bytes) -> Bool {
    if HyperLogLog.encoding(of: other) == .sparse { return mergeSparse(other) }
    isDense = true
    if string.isEmpty {
      string.append(other)
    } else {
      HyperLogLog.raise(dense: &string, to: other, other, usesVectorUnit: usesVectorUnit)
    }
    return true
  }

  /// Merges one after the other; two dense ones in little more time than one, where there are registers to raise.
  public mutating func merge(_ first: borrowing Bytes, _ second: borrowing Bytes) -> Bool {
    let areDense = HyperLogLog.encoding(of: first) == .dense && HyperLogLog.encoding(of: second) == .dense
    if !areDense || string.isEmpty { return merge(first) && merge(second) }
    isDense = true
    HyperLogLog.raise(dense: &string, to: first, second, usesVectorUnit: usesVectorUnit)
    return true
  }

  private mutating func mergeSparse(_ other: borrowing Bytes) -> Bool {
    if string.isEmpty { string.append(repeating: 0, count: HyperLogLog.denseSize) }
    var position = HyperLogLog.headerSize
    var index = 0
    while position < other.count {
      let opcode = SparseOpcode(other, at: position)
      position += opcode.size
      if index + opcode.length > HyperLogLog.registerCount { return false }
      if opcode.isValue {
        for offset in 0..<opcode.length { _ = HyperLogLog.setDense(index + offset, opcode.value, in: &string) }
      }
      index += opcode.length
    }
    return index == HyperLogLog.registerCount
  }

  /// The cardinality that the registers tell.
  public var cardinality: UInt64 { histogram.cardinality }

  /// How many registers have each value.
  var histogram: RegisterHistogram {
    var histogram = RegisterHistogram()
    if string.isEmpty {
      histogram.add(0, count: HyperLogLog.registerCount)
    } else {
      histogram.add(dense: string.bytes, usesVectorUnit: usesVectorUnit)
    }
    return histogram
  }

  /// Appends the registers as they are in a dense string.
  func write(to other: inout ByteBuffer) {
    if string.isEmpty {
      other.append(repeating: 0, count: HyperLogLog.denseSize - HyperLogLog.headerSize)
    } else {
      other.append(string.bytes[HyperLogLog.headerSize..<HyperLogLog.denseSize])
    }
  }
}
