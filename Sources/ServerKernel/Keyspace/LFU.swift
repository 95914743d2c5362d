/// The logarithmic access counter of LFU eviction: 16 bits of minutes and 8 of counter in a key's clock.
/// Source: Redis 7.0 `evict.c`.
@usableFromInline
enum LFU {
  /// What a new key starts with, so that it is not the first to go.
  @usableFromInline static var initialCounter: UInt8 { 5 }

  /// The counter after a decrement for each `decayMinutes` since the last access.
  static func decayed(_ clock: UInt32, minutes: UInt32, decayMinutes: Int) -> UInt8 {
    let counter = UInt8(truncatingIfNeeded: clock)
    let last = clock >> 8 & 0xffff
    let elapsed = minutes >= last ? minutes - last : 65535 - last + minutes
    guard decayMinutes > 0 else { return counter }
    let periods = Int(elapsed) / decayMinutes
    return periods >= Int(counter) ? 0 : counter - UInt8(periods)
  }

  /// The counter after an access: it rises with a probability that falls as it grows.
  static func incremented(_ counter: UInt8, logFactor: Int) -> UInt8 {
    if counter == 255 { return 255 }
    let base = max(0, Int(counter) - Int(initialCounter))
    return Double.random(in: 0..<1) < 1 / Double(base * logFactor + 1) ? counter + 1 : counter
  }
}
