extension HyperLogLog {
  /// An opcode of a sparse string, to search from.
  struct Cursor {
    var position = headerSize
    /// The first register that the opcode stands for.
    var first = 0
    /// Where the opcode before it begins, or this one when it is the first of all.
    var previous = headerSize
  }

  /// Where a sparse string tells of a register.
  private struct Place {
    var opcode: SparseOpcode
    var cursor: Cursor
    /// The opcode before: where to search for the registers that follow. What is there stays an opcode's beginning
    /// when this one is changed. The first one of all if the search began here.
    var resume: Cursor
  }

  private static func find(_ index: Int, in string: borrowing Bytes, from start: Cursor) -> Place? {
    var cursor = start
    var resume = Cursor()
    while cursor.position < string.count {
      let byte = string[cursor.position]
      // Runs and their lengths come as chance has it, so that no branch should hang on them.
      var length = Int(byte & (byte & 0x80 != 0 ? 3 : 0x3f)) + 1
      var size = 1
      if byte & 0xc0 == 0x40 {
        let opcode = SparseOpcode(string, at: cursor.position)
        length = opcode.length
        size = 2
      }
      let end = cursor.first &+ length
      if index < end {
        // One that is cut off cannot be replaced.
        if cursor.position + size > string.count { return nil }
        return Place(opcode: SparseOpcode(string, at: cursor.position), cursor: cursor, resume: resume)
      }
      resume = cursor
      cursor = Cursor(position: cursor.position &+ size, first: end, previous: resume.position)
    }
    return nil
  }

  /// Raises a register of a sparse string, which becomes dense when it cannot hold the value or would be longer than
  /// `sparseMax` bytes. Strings are to be those of Redis byte for byte, so opcodes are split and joined as it does.
  ///
  /// The search begins at `cursor`, which moves along, for a register that does not come before it.
  static func setSparse(
    _ index: Int, _ value: UInt8, in string: inout ByteBuffer, sparseMax: Int, from cursor: inout Cursor
  ) -> Update {
    if value > SparseOpcode.valueMax { return setPromoted(index, value, in: &string) }
    guard let place = find(index, in: string.bytes, from: cursor) else { return .corrupted }
    cursor = place.resume
    let old = place.opcode
    if old.value >= value { return .unchanged }
    let new = split(place, index, value)
    let growth = new.count - old.size
    if growth > 0 && string.count + growth > sparseMax { return setPromoted(index, value, in: &string) }
    string.moveTail(at: place.cursor.position + old.size, by: growth)
    for offset in 0..<new.count { string[place.cursor.position + offset] = new.byte(offset) }
    joinValues(from: place.cursor.previous, in: &string)
    invalidateCache(in: &string)
    return .changed
  }

  /// Raises the registers of a sparse string, in order, to these where they are lower; it may become dense.
  public static func raise(_ string: inout ByteBuffer, to registers: borrowing HyperLogLogRegisters, sparseMax: Int) {
    var cursor = Cursor()
    for index in 0..<registerCount where registers[index] > 0 {
      if string[4] == Encoding.sparse.rawValue {
        _ = setSparse(index, registers[index], in: &string, sparseMax: sparseMax, from: &cursor)
      } else {
        _ = setDense(index, registers[index], in: &string)
      }
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
    if index > place.cursor.first { opcodes.append(run(index - place.cursor.first)) }
    opcodes.append(.value(value, length: 1))
    let end = place.cursor.first + old.length
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
