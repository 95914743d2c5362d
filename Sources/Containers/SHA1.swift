// Unsafe: the words of a block are addressed; see SHABlock.swift.

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

  /// Feeds a digest.
  public mutating func update(_ digest: InlineArray<20, UInt8>) {
    unsafe withUnsafeBytes(of: digest) { bytes in
      unsafe update(Bytes(unsafeStart: bytes.baseAddress.unsafelyUnwrapped, count: bytes.count))
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
    unsafe withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 80) { room in
      let schedule = unsafe room.baseAddress.unsafelyUnwrapped
      var index = 0
      while index < 16 {
        unsafe schedule[index] = input.word(index)
        index &+= 1
      }
      while index < 80 {
        let far = unsafe schedule[index &- 14] ^ schedule[index &- 16]
        let near = unsafe schedule[index &- 3] ^ schedule[index &- 8]
        unsafe schedule[index] = rotatedLeft(near ^ far, 1)
        index &+= 1
      }
      unsafe compress(schedule)
    }
  }

  @unsafe
  private mutating func compress(_ schedule: UnsafePointer<UInt32>) {
    var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
    var round = 0
    while round < 80 {
      let mixed: UInt32
      if round < 20 {
        mixed = (b & c | ~b & d) &+ 0x5a82_7999
      } else if round < 40 {
        mixed = (b ^ c ^ d) &+ 0x6ed9_eba1
      } else if round < 60 {
        mixed = (b & c | b & d | c & d) &+ 0x8f1b_bcdc
      } else {
        mixed = (b ^ c ^ d) &+ 0xca62_c1d6
      }
      let next = unsafe rotatedLeft(a, 5) &+ mixed &+ e &+ schedule[round]
      e = d
      d = c
      c = rotatedLeft(b, 30)
      b = a
      a = next
      round &+= 1
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
  }
}
