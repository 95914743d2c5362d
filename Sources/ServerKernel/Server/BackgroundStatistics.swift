import Containers

/// How many keys with a time to live the active expiry looked at, and how many of them were past it.
struct ExpirySample {
  var seen = 0
  var expired = 0

  mutating func add(_ other: ExpirySample) {
    seen += other.seen
    expired += other.expired
  }
}

/// What the active expiry did.
struct ExpiryStatistics {
  /// Keys past their time among those that are still there, percent: a running average, as only samples are known.
  private(set) var stalePercent = 0.0
  /// Cycles that ended because their time was used up.
  var timeCapReached = 0
  private(set) var nanoseconds: Int64 = 0

  mutating func add(_ sample: ExpirySample, nanoseconds: Int64) {
    self.nanoseconds += nanoseconds
    let percent = sample.seen > 0 ? Double(sample.expired) / Double(sample.seen) * 100 : 0
    stalePercent = percent * 0.05 + stalePercent * 0.95
  }
}

/// For how long memory was above `maxmemory` with nothing left to evict.
struct EvictionStatistics {
  private var earlierNanoseconds: Int64 = 0
  private var exceededSince: Int64?
  /// A timer is set to evict more.
  var isScheduled = false

  mutating func memoryIsExceeded(_ isExceeded: Bool) {
    if isExceeded {
      if exceededSince == nil { exceededSince = Clock.monotonicNanoseconds() }
    } else if exceededSince != nil {
      earlierNanoseconds += currentNanoseconds
      exceededSince = nil
    }
  }

  var currentNanoseconds: Int64 { exceededSince.map { Clock.monotonicNanoseconds() - $0 } ?? 0 }
  var totalNanoseconds: Int64 { earlierNanoseconds + currentNanoseconds }
}

/// The largest buffers of their own that clients had in the last seconds: noted where one is kept beyond a tick, so
/// that clients without cost nothing.
struct RecentBufferPeaks {
  private static let seconds: Int64 = 8
  private var slots = [(second: Int64, input: Int, output: Int)](repeating: (0, 0, 0), count: Int(Self.seconds))

  mutating func note(_ client: Client, second: Int64) {
    let slot = Int(second % Self.seconds)
    if slots[slot].second != second { slots[slot] = (second, 0, 0) }
    slots[slot].input = max(slots[slot].input, client.place.value.inputMemory)
    slots[slot].output = max(slots[slot].output, client.place.value.output.buffer.capacity)
  }

  func largest(now second: Int64) -> (input: Int, output: Int) {
    let recent = slots.filter { $0.second > second - Self.seconds }
    return (recent.map(\.input).max() ?? 0, recent.map(\.output).max() ?? 0)
  }
}

// What INFO shows of background work.
extension Server {
  /// Keys past their time that are still there, percent, as estimated from samples.
  public var expiredStalePercent: Double { state.value.expiry.stalePercent }
  /// Cycles of the active expiry that ended because their time was used up.
  public var expiryTimeCapReached: Int { state.value.expiry.timeCapReached }
  /// Milliseconds spent in the active expiry.
  public var expiryMilliseconds: Int { Int(state.value.expiry.nanoseconds / 1_000_000) }
  /// Milliseconds in all, and in a row until now, in which memory was above `maxmemory` and nothing could be evicted.
  public var evictionExceededMilliseconds: (total: Int, current: Int) {
    let statistics = state.value.eviction
    return (Int(statistics.totalNanoseconds / 1_000_000), Int(statistics.currentNanoseconds / 1_000_000))
  }
  /// The largest buffers that clients had in the last seconds, bytes.
  public var largestBuffers: (input: Int, output: Int) { state.value.bufferPeaks.largest(now: unixSeconds) }
}
