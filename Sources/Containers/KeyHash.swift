// Unsafe: words are read unaligned straight from the view, each read guarded by the count.

/// A keyed 64-bit hash of byte strings, for hash tables whose keys an adversary may choose.
///
/// Like wyhash and rapidhash it folds 64 x 64 -> 128 bit products, 16 bytes per
/// multiplication. Unlike theirs, the constants mixed into the data come from the seed: with
/// published ones, input equal to a constant zeroes a product, and such inputs collide under
/// every seed. Not a cryptographic hash, and never stored: values differ between processes.
///
/// 32 bytes, copied freely; create one at process start from `random()`.
@frozen
public struct KeyHash: Sendable {
  @usableFromInline let seed: UInt64
  @usableFromInline let secretA: UInt64
  @usableFromInline let secretB: UInt64
  @usableFromInline let secretC: UInt64

  /// A hash function chosen by `seed`; equal seeds give equal functions.
  @inlinable
  public init(seed: UInt64) {
    var state = seed
    self.seed = Self.nextSecret(&state)
    secretA = Self.nextSecret(&state)
    secretB = Self.nextSecret(&state)
    secretC = Self.nextSecret(&state)
  }

  /// A hash function nobody can predict.
  public static func random() -> KeyHash { KeyHash(seed: .random(in: .min ... .max)) }

  /// SplitMix64 (Steele, Lea, Flood 2014), odd numbers only: an odd secret is never zero.
  @inlinable
  static func nextSecret(_ state: inout UInt64) -> UInt64 {
    state = Self.state(after: state, 1)
    return secret(after: state, 0)
  }

  /// The state so many secrets later.
  @inlinable
  static func state(after state: UInt64, _ ahead: UInt64) -> UInt64 { state &+ ahead &* 0x9e37_79b9_7f4a_7c15 }

  /// The secret of a state, or of one so many later.
  @inlinable
  static func secret(after state: UInt64, _ ahead: UInt64) -> UInt64 {
    var value = Self.state(after: state, ahead)
    value = (value ^ value &>> 30) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ value &>> 27) &* 0x94d0_49bb_1331_11eb
    return (value ^ value &>> 31) | 1
  }

  /// The hash of `bytes`. O(count); about 2 ns up to 16 bytes.
  @inlinable
  public func callAsFunction(_ bytes: borrowing Bytes) -> UInt64 {
    let count = bytes.count
    if count > 16 { return long(bytes) }
    let start = unsafe bytes.start
    var first: UInt64 = 0
    var second: UInt64 = 0
    if count >= 8 {
      // Two reads that overlap in the middle.
      first = unsafe Self.word(start)
      second = unsafe Self.word(start + (count - 8))
    } else if count >= 4 {
      first = unsafe Self.halfWord(start)
      second = unsafe Self.halfWord(start + (count - 4))
    } else if count > 0 {
      first =
        unsafe UInt64(start.load(as: UInt8.self)) &<< 16
        | UInt64(start.load(fromByteOffset: count &>> 1, as: UInt8.self)) &<< 8
        | UInt64(start.load(fromByteOffset: count - 1, as: UInt8.self))
    }
    return finish(first, second, state: seed, count: count)
  }

  /// The hash of more than 16 bytes: two independent lanes of 16 bytes a round.
  @usableFromInline
  func long(_ bytes: borrowing Bytes) -> UInt64 {
    var position = unsafe bytes.start
    var rest = bytes.count
    var state = seed
    if rest > 32 {
      var lane = seed ^ secretC
      while rest > 32 {
        state = unsafe Self.fold(Self.word(position) ^ secretA, Self.word(position + 8) ^ state)
        lane = unsafe Self.fold(Self.word(position + 16) ^ secretB, Self.word(position + 24) ^ lane)
        unsafe position += 32
        rest -= 32
      }
      state ^= lane
    }
    if rest > 16 {
      state = unsafe Self.fold(Self.word(position) ^ secretC, Self.word(position + 8) ^ state)
      unsafe position += 16
      rest -= 16
    }
    // The last 16 bytes, which may overlap what was read already: there are more than 16 in all.
    return unsafe finish(
      Self.word(position + (rest - 16)), Self.word(position + (rest - 8)), state: state, count: bytes.count)
  }

  @inlinable
  func finish(_ first: UInt64, _ second: UInt64, state: UInt64, count: Int) -> UInt64 {
    let product = (first ^ secretA).multipliedFullWidth(by: second ^ state)
    return Self.fold(product.low ^ secretB, product.high ^ secretC ^ UInt64(truncatingIfNeeded: count))
  }

  /// Both halves of the 128-bit product, combined.
  @inlinable @inline(__always)
  static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
    let product = left.multipliedFullWidth(by: right)
    return product.low ^ product.high
  }

  @unsafe @inlinable @inline(__always)
  static func word(_ address: UnsafeRawPointer) -> UInt64 {
    unsafe address.loadUnaligned(as: UInt64.self)
  }

  @unsafe @inlinable @inline(__always)
  static func halfWord(_ address: UnsafeRawPointer) -> UInt64 {
    UInt64(unsafe address.loadUnaligned(as: UInt32.self))
  }
}
