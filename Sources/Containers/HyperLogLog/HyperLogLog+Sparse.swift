extension HyperLogLog {
  /// Where a sparse string tells of a register.
  private struct Place {
    var opcode: SparseOpcode
    var position: Int
    /// The first register that the opcode stands for.
    var first: Int
    /// Where the opcode before it begins.
    var previous: Int?
  }

  private static func find(_ index: Int, in string: borrowing Bytes) -> Place? {
    var position = headerSize
    var first = 0
    var previous: Int?
    while position < string.count {
      let opcode = SparseOpcode(string, at: position)
      let end = first + opcode.length
      if index < end {
        // One that is cut off cannot be replaced.
        if position + opcode.size > string.count { return nil }
        return Place(opcode: opcode, position: position, first: first, previous: previous)
      }
      previous = position
      position += opcode.size
      first = end
    }
    return nil
  }

  /// Raises a register of a sparse string, which becomes dense when it cannot hold the value or would be longer than
  /// `sparseMax` bytes. Strings are to be those of Redis byte for byte, so opcodes are split and joined as it does.
  static func setSparse(
    _ index: Int, _ value: UInt8, in string: inout ByteBuffer, sparseMax: Int
  ) -> Update {
    if value > SparseOpcode.valueMax { return setPromoted(index, value, in: &string) }
    guard let place = find(index, in: string.bytes) else { return .corrupted }
    let old = place.opcode
    if old.value >= value { return .unchanged }
    let new = split(place, index, value)
    let growth = new.count - old.size
    if growth > 0 && string.count + growth > sparseMax { return setPromoted(index, value, in: &string) }
    string.moveTail(at: place.position + old.size, by: growth)
    for offset in 0..<new.count { string[place.position + offset] = new.byte(offset) }
    joinValues(from: place.previous ?? headerSize, in: &string)
    invalidateCache(in: &string)
    return .changed
  }

  /// Raises the registers of a sparse string, in order, to these where they are lower; it may become dense.
  public static func raise(_ string: inout ByteBuffer, to registers: HyperLogLogRegisters, sparseMax: Int) {
    for index in 0..<registerCount where registers[index] > 0 {
      _ = set(index, registers[index], in: &string, sparseMax: sparseMax)
    }
  }

  private static func setPromoted(_ index: Int, _ value: UInt8, in string: inout ByteBuffer) -> Update {
    if !makeDense(&string) { return .corrupted }
    return setDense(index, value, in: &string) ? .changed : .unchanged
  }

  /// The opcodes that stand for the registers of a place, one of them raised.
  private static func split(_ place: Place, _ index: Int, _ value: UInt8) -> SparseSplit {
    let old = place.opcode
    func run(_ length: Int) -> SparseOpcode {
      old.isValue ? .value(old.value, length: length) : .zeros(length)
    }
    var opcodes = SparseSplit()
    if index > place.first { opcodes.append(run(index - place.first)) }
    opcodes.append(.value(value, length: 1))
    let end = place.first + old.length
    if end > index + 1 { opcodes.append(run(end - index - 1)) }
    return opcodes
  }

  /// Joins neighbours of the same value, looking at five opcodes from `start` on.
  private static func joinValues(from start: Int, in string: inout ByteBuffer) {
    var position = start
    for _ in 0..<5 where position < string.count {
      let opcode = SparseOpcode(string.bytes, at: position)
      if opcode.isValue && position + 1 < string.count {
        let next = SparseOpcode(string.bytes, at: position + 1)
        let length = opcode.length + next.length
        if next.value == opcode.value && length <= SparseOpcode.valueLengthMax {
          string[position] = SparseOpcode.value(opcode.value, length: length).byte(0)
          string.moveTail(at: position + 2, by: -1)
          continue
        }
      }
      position += opcode.size
    }
  }
}
