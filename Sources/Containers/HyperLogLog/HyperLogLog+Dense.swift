extension HyperLogLog {
  /// The bytes of a dense string that hold a register: the first one, and how many of its bits come before.
  private static func place(_ index: Int) -> (byte: Int, shift: UInt16) {
    (headerSize + index * 6 / 8, UInt16(truncatingIfNeeded: index * 6 % 8))
  }

  /// The value of a register of a dense string.
  public static func denseRegister(_ index: Int, of string: borrowing Bytes) -> UInt8 {
    let (byte, shift) = place(index)
    return UInt8(truncatingIfNeeded: string.word(at: byte) >> UInt64(shift)) & 63
  }

  /// Raises a register of a dense string; whether it was lower.
  public static func setDense(_ index: Int, _ value: UInt8, in string: inout ByteBuffer) -> Bool {
    let (byte, shift) = place(index)
    // Six bits from bit 4 or 6 on end in the next byte.
    let isSplit = shift > 2
    let bits = UInt16(string[byte]) | (isSplit ? UInt16(string[byte + 1]) << 8 : 0)
    if (bits >> shift) & 63 >= UInt16(value) { return false }
    let new = (bits & ~(63 << shift)) | UInt16(value & 63) << shift
    string[byte] = UInt8(truncatingIfNeeded: new)
    if isSplit { string[byte + 1] = UInt8(truncatingIfNeeded: new >> 8) }
    return true
  }

  /// Makes a sparse string dense; false when its opcodes do not stand for all registers, and it is left as it was.
  public static func makeDense(_ string: inout ByteBuffer) -> Bool {
    if string[4] == Encoding.dense.rawValue { return true }
    var registers = HyperLogLogRegisters()
    if !registers.merge(string.bytes) { return false }
    var dense = ByteBuffer(capacity: denseSize)
    dense.append(string.bytes[0..<headerSize])
    string = dense
    store(registers, in: &string)
    return true
  }

  /// Makes the string dense, with these registers.
  public static func store(_ registers: borrowing HyperLogLogRegisters, in string: inout ByteBuffer) {
    string[4] = Encoding.dense.rawValue
    string.truncate(to: headerSize)
    string.reserveExactly(denseSize - headerSize)
    registers.write(to: &string)
  }
}
