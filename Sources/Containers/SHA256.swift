/// The SHA-256 digest (FIPS 180-4), computed incrementally. 32 bytes.
///
/// For the passwords of ACL users.
public struct SHA256: Sendable {
  private var state: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var input = SHABlock()

  public init() {}

  /// The digest of `bytes` alone.
  public static func digest(_ bytes: borrowing Bytes) -> InlineArray<32, UInt8> {
    var sha = SHA256()
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
  public consuming func finish() -> InlineArray<32, UInt8> {
    if input.beginPadding() { compress() }
    input.endPadding()
    compress()
    var digest = InlineArray<32, UInt8>(repeating: 0)
    for index in 0..<32 { digest[index] = UInt8(truncatingIfNeeded: state[index / 4] >> UInt32(24 - index % 4 * 8)) }
    return digest
  }

  private mutating func compress() {
    var schedule = InlineArray<64, UInt32>(repeating: 0)
    for index in 0..<16 { schedule[index] = input.word(index) }
    for index in 16..<64 {
      let far = schedule[index - 15]
      let near = schedule[index - 2]
      let farMix = rotatedRight(far, 7) ^ rotatedRight(far, 18) ^ far >> 3
      let nearMix = rotatedRight(near, 17) ^ rotatedRight(near, 19) ^ near >> 10
      schedule[index] = schedule[index - 16] &+ farMix &+ schedule[index - 7] &+ nearMix
    }
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    for round in 0..<64 {
      let mixE = rotatedRight(e, 6) ^ rotatedRight(e, 11) ^ rotatedRight(e, 25)
      let choice = e & f ^ ~e & g
      let step = h &+ mixE &+ choice &+ roundConstants[round] &+ schedule[round]
      let mixA = rotatedRight(a, 2) ^ rotatedRight(a, 13) ^ rotatedRight(a, 22)
      let majority = a & b ^ a & c ^ b & c
      (h, g, f, e) = (g, f, e, d &+ step)
      (d, c, b, a) = (c, b, a, step &+ mixA &+ majority)
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }
}

/// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
private let roundConstants: InlineArray<64, UInt32> = [
  0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
  0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
  0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
  0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
  0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
  0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
  0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
  0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
]
