/// The 64-byte block of input that SHA-1 and SHA-256 collect, pad and compress alike.
struct SHABlock: Sendable {
  private var bytes = InlineArray<64, UInt8>(repeating: 0)
  private var filled = 0
  private var total: UInt64 = 0

  /// Adds bytes from `position` on, as many as the block has room for, and moves `position`
  /// behind them; true when the block is full and has to be compressed now.
  mutating func fill(_ source: borrowing Bytes, _ position: inout Int) -> Bool {
    let amount = min(64 - filled, source.count - position)
    for index in 0..<amount { bytes[filled + index] = source[position + index] }
    position += amount
    total &+= UInt64(amount)
    filled = (filled + amount) % 64
    return filled == 0
  }

  /// The big-endian word at `index` (0 to 15).
  func word(_ index: Int) -> UInt32 {
    let at = index * 4
    return UInt32(bytes[at]) << 24 | UInt32(bytes[at + 1]) << 16 | UInt32(bytes[at + 2]) << 8 | UInt32(bytes[at + 3])
  }

  /// Adds the bit that ends the input; true when the length no longer fits, so that this block
  /// has to be compressed before `endPadding`.
  mutating func beginPadding() -> Bool {
    if store(0x80) { return true }
    guard filled > 56 else { return false }
    while !store(0) {}
    return true
  }

  /// Fills the block up with zeros and the length in bits; it has to be compressed then.
  mutating func endPadding() {
    while filled < 56 { _ = store(0) }
    for shift in stride(from: 56, through: 0, by: -8) {
      _ = store(UInt8(truncatingIfNeeded: (total &* 8) >> UInt64(shift)))
    }
  }

  private mutating func store(_ byte: UInt8) -> Bool {
    bytes[filled] = byte
    filled = (filled + 1) % 64
    return filled == 0
  }
}

func rotatedLeft(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &<< bits | word &>> (32 - bits) }

func rotatedRight(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &>> bits | word &<< (32 - bits) }
