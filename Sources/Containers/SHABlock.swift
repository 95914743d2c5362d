// Unsafe: bytes are copied into the block and read from it as words, after what is left of it was looked at. Tests that
// drive a build without optimisation compute digests by the hundred thousand, and a subscript is a call there.

import Glibc

/// The 64-byte block of input that SHA-1 and SHA-256 collect, pad and compress alike.
struct SHABlock: Sendable {
  private var bytes = InlineArray<64, UInt8>(repeating: 0)
  private var filled = 0
  private var total: UInt64 = 0

  /// Adds bytes from `position` on, as many as the block has room for, and moves `position`
  /// behind them; true when the block is full and has to be compressed now.
  mutating func fill(_ source: borrowing Bytes, _ position: inout Int) -> Bool {
    let amount = min(64 - filled, source.count - position)
    let added = unsafe source.baseAddress + position
    let place = filled
    unsafe withUnsafeMutableBytes(of: &bytes) { bytes in
      _ = unsafe memcpy(bytes.baseAddress.unsafelyUnwrapped + place, added, amount)
    }
    position += amount
    total &+= UInt64(amount)
    filled = (filled + amount) % 64
    return filled == 0
  }

  /// The big-endian word at `index` (0 to 15).
  @inline(__always)
  func word(_ index: Int) -> UInt32 {
    precondition(index >= 0 && index < 16, "word out of range")
    return unsafe withUnsafeBytes(of: bytes) { bytes in
      unsafe UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: index &* 4, as: UInt32.self))
    }
  }

  /// Adds the bit that ends the input; true when the length no longer fits, so that this block
  /// has to be compressed before `endPadding`.
  mutating func beginPadding() -> Bool {
    bytes[filled] = 0x80
    filled += 1
    if filled <= 56 { return false }
    clear(upTo: 64)
    filled = 0
    return true
  }

  /// Fills the block up with zeros and the length in bits; it has to be compressed then.
  mutating func endPadding() {
    clear(upTo: 56)
    let length = (total &* 8).bigEndian
    unsafe withUnsafeMutableBytes(of: &bytes) { bytes in
      unsafe bytes.storeBytes(of: length, toByteOffset: 56, as: UInt64.self)
    }
    filled = 0
  }

  private mutating func clear(upTo end: Int) {
    let place = filled
    unsafe withUnsafeMutableBytes(of: &bytes) { bytes in
      _ = unsafe memset(bytes.baseAddress.unsafelyUnwrapped + place, 0, end - place)
    }
  }
}

@inline(__always)
func rotatedLeft(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &<< bits | word &>> (32 &- bits) }

@inline(__always)
func rotatedRight(_ word: UInt32, _ bits: UInt32) -> UInt32 { word &>> bits | word &<< (32 &- bits) }
