/// The SHA-1 digest (FIPS 180-4), computed incrementally. 20 bytes.
///
/// For what Redis uses it for, names of scripts and DEBUG DIGEST; not for security.
public struct SHA1: Sendable {
  private var state: InlineArray<5, UInt32> = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
  private var input = SHABlock()

  public init() {}

  /// The digest of `bytes` alone.
  public static func digest(_ bytes: borrowing Bytes) -> InlineArray<20, UInt8> {
    var sha = SHA1()
    sha.update(bytes)
    return sha.finish()
  }

  /// Feeds `bytes`. O(count).
  public mutating func update(_ bytes: borrowing Bytes) {
    var position = 0
    while position < bytes.count {
      if input.fill(bytes, &position) { compress() }
    }
  }

  /// The digest of everything fed. The value is used up: start a new one afterwards.
  public consuming func finish() -> InlineArray<20, UInt8> {
    if input.beginPadding() { compress() }
    input.endPadding()
    compress()
    var digest = InlineArray<20, UInt8>(repeating: 0)
    for index in 0..<20 { digest[index] = UInt8(truncatingIfNeeded: state[index / 4] >> UInt32(24 - index % 4 * 8)) }
    return digest
  }

  private mutating func compress() {
    var schedule = InlineArray<80, UInt32>(repeating: 0)
    for index in 0..<16 { schedule[index] = input.word(index) }
    for index in 16..<80 {
      schedule[index] = rotatedLeft(
        schedule[index - 3] ^ schedule[index - 8] ^ schedule[index - 14] ^ schedule[index - 16], 1)
    }
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    func step(_ mixed: UInt32, _ constant: UInt32, _ round: Int) {
      let next = rotatedLeft(a, 5) &+ mixed &+ e &+ constant &+ schedule[round]
      (e, d, c, b, a) = (d, c, rotatedLeft(b, 30), a, next)
    }
    for round in 0..<20 { step(b & c | ~b & d, 0x5a82_7999, round) }
    for round in 20..<40 { step(b ^ c ^ d, 0x6ed9_eba1, round) }
    for round in 40..<60 { step(b & c | b & d | c & d, 0x8f1b_bcdc, round) }
    for round in 60..<80 { step(b ^ c ^ d, 0xca62_c1d6, round) }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
  }
}
