// Unsafe: whoever frees a histogram vouches that nobody uses it afterwards.

import Containers

/// Counts of durations, in nanoseconds: 32 steps to each doubling, so a value is known to 3 %.
///
/// A handle of a place, because it changes with every command and so must cost neither a retain nor an exclusivity
/// check. A command's lasts until its statistics are reset.
@safe
public struct LatencyHistogram {
  private static let bucketCount = 40 * 32

  private struct State {
    var counts = InlineArray<1280, UInt32>(repeating: 0)
    var total = 0
  }

  private let state = Place(State())

  /// How many durations were recorded.
  public var total: Int { state.value.total }

  @unsafe
  func free() { unsafe state.free() }

  static func bucket(_ nanoseconds: UInt64) -> Int {
    if nanoseconds < 32 { return Int(nanoseconds) }
    let exponent = 63 - nanoseconds.leadingZeroBitCount
    let step = Int(nanoseconds >> UInt64(exponent - 5)) & 31
    return min((exponent - 4) * 32 + step, bucketCount - 1)
  }

  /// The largest duration that a bucket counts.
  static func upperBound(_ bucket: Int) -> UInt64 {
    if bucket < 32 { return UInt64(bucket) }
    let exponent = bucket / 32 + 4
    let step = UInt64(bucket % 32)
    return (1 << UInt64(exponent)) + (step + 1) << UInt64(exponent - 5) - 1
  }

  @inline(__always)
  func record(_ nanoseconds: UInt64) {
    state.value.counts[Self.bucket(nanoseconds)] &+= 1
    state.value.total &+= 1
  }

  /// The duration that `percent` of all stay within.
  public func percentile(_ percent: Double) -> UInt64 {
    let wanted = max(1, Int((Double(total) * percent / 100).rounded(.up)))
    var seen = 0
    for bucket in 0..<Self.bucketCount {
      seen += Int(state.value.counts[bucket])
      if seen >= wanted { return Self.upperBound(bucket) }
    }
    return 0
  }

  /// How many took at most so long, for limits that double from about a microsecond on; those limits only that
  /// count more than the one before: the shape of LATENCY HISTOGRAM.
  public func cumulativeMicroseconds() -> [(upTo: Int, count: Int)] {
    var rows: [(Int, Int)] = []
    var seen = 0
    // The end of the bucket that holds 1024 ns in Redis' histogram, which keeps two digits.
    var limit: UInt64 = 1031
    for bucket in 0..<Self.bucketCount where state.value.counts[bucket] > 0 {
      while Self.upperBound(bucket) > limit {
        if seen > 0, rows.last.map({ $0.1 != seen }) ?? true { rows.append((Int(limit / 1000), seen)) }
        limit = (limit + 1) * 2 - 1
      }
      seen += Int(state.value.counts[bucket])
    }
    if seen > 0, rows.last.map({ $0.1 != seen }) ?? true { rows.append((Int(limit / 1000), seen)) }
    return rows
  }
}
