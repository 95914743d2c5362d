// Unsafe: the slices table is a block allocated once and never freed; whole words are read
// from the view while eight bytes are left.

import CVector

/// The CRC-64 of Redis' files and DUMP payloads: the "Jones" polynomial 0xAD93D23594C935A9,
/// reflected, initial value and final xor 0.
///
/// Incremental. Long runs are folded to sixteen bytes where the machine multiplies without carries; what is left goes
/// eight bytes a step ("slicing by 8", Kounavis and Berry, 2005). The CRC of "123456789" is 0xE9C6D914C4B8D9CA.
public struct CRC64: Sendable {
  /// The checksum of what was fed so far.
  public private(set) var value: UInt64

  /// Continues from a checksum computed before; 0 starts anew.
  public init(continuing value: UInt64 = 0) { self.value = value }

  /// The checksum of `bytes` alone.
  public static func checksum(_ bytes: borrowing Bytes) -> UInt64 {
    var crc = CRC64()
    crc.update(bytes)
    return crc.value
  }

  /// Feeds `bytes`. O(count), about 0.1 ns a byte where they are folded, else 0.5 ns.
  public mutating func update(_ bytes: borrowing Bytes) {
    let tables = CRC64Tables.shared
    let folded = bytes.count & ~15
    guard folded >= Self.fewestFolded, let factors = tables.factors else { return update(bytes, tables) }
    let rest = unsafe cvector_crc64_fold(value, bytes.baseAddress, folded, factors.past128, factors.past512)
    value = tables.step(tables.step(rest.first) ^ rest.second)
    update(bytes[folded..<bytes.count], tables)
  }

  /// What folding begins with.
  private static let fewestFolded = 64

  /// Feeds `bytes` as `update` does, on any machine.
  mutating func portableUpdate(_ bytes: borrowing Bytes) { update(bytes, .shared) }

  private mutating func update(_ bytes: borrowing Bytes, _ tables: CRC64Tables) {
    var crc = value
    var position = unsafe bytes.baseAddress
    var rest = bytes.count
    while rest >= 8 {
      crc = unsafe tables.step(crc ^ UInt64(littleEndian: position.loadUnaligned(as: UInt64.self)))
      unsafe position += 8
      rest -= 8
    }
    while rest > 0 {
      let index = Int(truncatingIfNeeded: (crc ^ UInt64(unsafe position.load(as: UInt8.self))) & 0xff)
      crc = unsafe tables.words[index] ^ crc &>> 8
      unsafe position += 1
      rest -= 1
    }
    value = crc
  }
}

/// Eight tables of 256 words: table k advances a byte over k further zero bytes. 16 KB. And what folding multiplies
/// with.
@safe
private struct CRC64Tables: @unchecked Sendable {
  let words: UnsafePointer<UInt64>
  /// Nil where the machine cannot fold.
  let factors: (past128: cvector_words, past512: cvector_words)?

  static let shared = CRC64Tables()

  private static let reflectedPolynomial: UInt64 = 0x95ac_9329_ac4b_c9b5

  private init() {
    let table = UnsafeMutablePointer<UInt64>.allocate(capacity: 8 * 256)
    for byte in 0..<256 {
      unsafe table[byte] = Self.shifted(UInt64(byte), by: 8)
    }
    for entry in 256..<8 * 256 {
      let shorter = unsafe table[entry - 256]
      unsafe table[entry] = unsafe table[Int(shorter & 0xff)] ^ shorter >> 8
    }
    unsafe words = UnsafePointer(table)
    factors = VectorUnit.isAvailable ? (Self.factors(past: 128), Self.factors(past: 512)) : nil
  }

  /// A word after eight further bytes, which were added to it.
  @inline(__always)
  func step(_ word: UInt64) -> UInt64 {
    var next: UInt64 = 0
    for slice in 0..<8 {
      let byte = Int(truncatingIfNeeded: word &>> (8 &* UInt64(slice)) & 0xff)
      next ^= unsafe words[(7 - slice) &* 256 &+ byte]
    }
    return next
  }

  /// A polynomial times x to the power of `count`, modulo that of the CRC.
  private static func shifted(_ polynomial: UInt64, by count: Int) -> UInt64 {
    var crc = polynomial
    for _ in 0..<count { crc = crc & 1 == 1 ? crc >> 1 ^ reflectedPolynomial : crc >> 1 }
    return crc
  }

  /// What moves two words past so many bits: the first one has 64 bits more to go. A product of reflected words comes
  /// out times x.
  private static func factors(past bits: Int) -> cvector_words {
    let one: UInt64 = 1 << 63
    return cvector_words(first: shifted(one, by: bits + 63), second: shifted(one, by: bits - 1))
  }
}
