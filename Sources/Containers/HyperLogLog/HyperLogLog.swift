/// The strings in which Redis keeps HyperLogLogs, read and changed in place:
///
///     0    "HYLL"
///     4    encoding: 0 dense, 1 sparse
///     5    three bytes without a meaning
///     8    cardinality, little-endian; its highest bit says that registers have changed since it was computed
///     16   registers: dense, 6 bits each, lowest first, 12,288 bytes in all; sparse, opcodes for runs of them
///          (see SparseOpcode)
///
/// Each of the 16,384 registers holds the longest run of zeros, plus one, that began the hash of an element: the lower
/// 14 bits of the hash choose the register, the other 50 are looked at. Nothing here trusts a string: clients write
/// them as well.
public enum HyperLogLog {
  /// How registers are written.
  public enum Encoding: UInt8, Sendable { case dense, sparse }

  /// What setting a register came to.
  public enum Update: Sendable {
    case unchanged, changed
    /// The string does not say what the register holds; it was left as it was.
    case corrupted
  }

  /// Bits of a hash that choose a register.
  static let indexBits = 14
  /// How many registers there are.
  public static let registerCount = 1 << indexBits
  /// Bits of a hash that are looked at, which a register's value exceeds by one at most.
  static let valueBits = 64 - indexBits
  static let headerSize = 16
  static let denseSize = headerSize + registerCount * 6 / 8
  private static let cacheStart = 8
  private static let outOfDate: UInt8 = 0x80

  /// The registers' encoding; nil when the string is no HyperLogLog.
  public static func encoding(of string: borrowing Bytes) -> Encoding? {
    guard string.count >= headerSize, string[0..<4] == Bytes("HYLL"), let encoding = Encoding(rawValue: string[4])
    else { return nil }
    return encoding == .dense && string.count != denseSize ? nil : encoding
  }

  /// The cardinality that was computed last; nil when registers have changed since.
  public static func cachedCardinality(of string: borrowing Bytes) -> UInt64? {
    if string[headerSize - 1] & outOfDate != 0 { return nil }
    return string[cacheStart..<headerSize].word(at: 0)
  }

  /// Keeps a cardinality in the string.
  public static func cache(_ cardinality: UInt64, in string: inout ByteBuffer) {
    for index in 0..<8 {
      string[cacheStart + index] = UInt8(truncatingIfNeeded: cardinality >> UInt64(index * 8))
    }
  }

  /// Declares the cardinality out of date.
  public static func invalidateCache(in string: inout ByteBuffer) { string[headerSize - 1] |= outOfDate }

  /// Writes a HyperLogLog without elements into an empty buffer.
  public static func initialize(_ string: inout ByteBuffer) {
    string.append("HYLL")
    string.append(Encoding.sparse.rawValue)
    string.append(repeating: 0, count: headerSize - string.count)
    let zeros = SparseOpcode.zeros(registerCount)
    for index in 0..<zeros.size { string.append(zeros.byte(index)) }
  }

  /// Adds an element. A sparse string that would have more than `sparseMax` bytes becomes a dense one.
  public static func add(_ element: borrowing Bytes, to string: inout ByteBuffer, sparseMax: Int) -> Update {
    let (index, value) = register(for: element)
    if string[4] == Encoding.dense.rawValue { return setDense(index, value, in: &string) ? .changed : .unchanged }
    var cursor = Cursor()
    return setSparse(index, value, in: &string, sparseMax: sparseMax, from: &cursor)
  }

  /// The register that an element counts in, and the value that it has there.
  static func register(for element: borrowing Bytes) -> (index: Int, value: UInt8) {
    let hash = murmurHash64A(element, seed: 0xadc8_3b19)
    // The bit above ends the run when there is no other.
    let rest = hash >> UInt64(indexBits) | 1 << UInt64(valueBits)
    return (Int(hash & UInt64(registerCount - 1)), UInt8(rest.trailingZeroBitCount + 1))
  }

  /// MurmurHash64A (A. Appleby, 2008).
  static func murmurHash64A(_ bytes: borrowing Bytes, seed: UInt64) -> UInt64 {
    let factor: UInt64 = 0xc6a4_a793_5bd1_e995
    var hash = seed ^ (UInt64(bytes.count) &* factor)
    var offset = 0
    while bytes.count - offset >= 8 {
      var word = bytes.word(at: offset) &* factor
      word ^= word >> 47
      hash = (hash ^ (word &* factor)) &* factor
      offset += 8
    }
    if offset < bytes.count { hash = (hash ^ bytes.word(at: offset)) &* factor }
    hash = (hash ^ (hash >> 47)) &* factor
    return hash ^ (hash >> 47)
  }
}
