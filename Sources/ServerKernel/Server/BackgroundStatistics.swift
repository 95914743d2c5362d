// What INFO shows of background work.
extension Server {
  /// Keys past their time that are still there, percent, as estimated from samples.
  public var expiredStalePercent: Double { expiry.statistics.stalePercent }
  /// Cycles of the active expiry that ended because their time was used up.
  public var expiryTimeCapReached: Int { expiry.statistics.timeCapReached }
  /// Milliseconds spent in the active expiry.
  public var expiryMilliseconds: Int { Int(expiry.statistics.nanoseconds / 1_000_000) }
  /// Milliseconds in all, and in a row until now, in which memory was above `maxmemory` and nothing could be evicted.
  public var evictionExceededMilliseconds: (total: Int, current: Int) {
    let statistics = eviction.statistics
    return (Int(statistics.totalNanoseconds / 1_000_000), Int(statistics.currentNanoseconds / 1_000_000))
  }
  /// The largest buffers that clients had in the last seconds, bytes.
  public var largestBuffers: (input: Int, output: Int) { clientTable.bufferPeaks.largest(now: unixSeconds) }
}
