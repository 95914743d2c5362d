/// For how long memory was above `maxmemory` with nothing left to evict.
struct EvictionStatistics {
  private var earlierNanoseconds: Int64 = 0
  private var exceededSince: Int64?

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
