/// All registers of a HyperLogLog, for joining several.
///
/// They are raised as they lie in a dense string, where four registers take three bytes: the first lies in the first
/// byte and the last in the third, the others each in two bytes. So there are two planes, of as many bytes as the
/// string. In one a register is where it was; in the other the two bytes of one have been moved so that one byte holds
/// it, at the number of its first byte if that is even, and two further on if it is odd. A register has a byte
/// to itself, with zeros beside it, and the greater of two registers is the greater of two bytes.
public struct HyperLogLogRegisters: Sendable {
  private var planes: RegisterPlanes

  /// Registers that are all 0.
  public init() { planes = RegisterPlanes() }

  /// As `init()`, with or without the vector unit.
  init(usesVectorUnit: Bool) { planes = RegisterPlanes(usesVectorUnit: usesVectorUnit) }

  /// The value of a register.
  public subscript(index: Int) -> UInt8 { planes[index] }

  /// Raises each register to that of a HyperLogLog where it is lower; false when the string is corrupted, and some of
  /// them may have been raised.
  public mutating func merge(_ string: borrowing Bytes) -> Bool {
    if HyperLogLog.encoding(of: string) == .sparse { return mergeSparse(string) }
    planes.raise(toDense: string)
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
        for offset in 0..<opcode.length { planes.raise(index + offset, opcode.value) }
      }
      index += opcode.length
    }
    return index == HyperLogLog.registerCount
  }

  /// The cardinality that the registers tell.
  public var cardinality: UInt64 { histogram.cardinality }

  /// How many registers have each value.
  var histogram: RegisterHistogram { planes.histogram }

  /// Writes the registers into a dense string, whose size it has.
  func writeDense(to string: inout ByteBuffer) { planes.writeDense(to: &string) }
}
