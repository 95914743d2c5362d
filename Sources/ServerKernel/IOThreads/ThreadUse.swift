/// Whether threads read and write, which pays from some number of clients on that are active at a time: handing over
/// takes longer than reading one or two.
struct ThreadUse {
  /// Clients active within a millisecond, on average, from which on threads are used, and below which no more.
  private static let begin = 8.0, end = 4.0

  /// Tells the present millisecond from others, for the clients that were counted in it.
  private(set) var window: UInt32 = 1
  private var start: Int64 = 0
  private var clients = 0
  /// Clients active within a millisecond.
  private var average = 0.0
  private var isHigh = false
  /// There are threads.
  private(set) var isPossible = false
  /// They have the work of clients now.
  private(set) var isActive = false
  /// They read for clients now.
  private(set) var isReading = false

  /// Counts a client that is active; once in a millisecond.
  mutating func note(_ client: Client) {
    if client.place.value.readiness.window == window { return }
    client.place.value.readiness.window = window
    clients += 1
  }

  /// A tick begins, at a time in milliseconds.
  mutating func tick(at now: Int64, _ threads: IOThreads) {
    isPossible = threads.exist
    if isPossible { measure(now) }
    isActive = isPossible && (isHigh || threads.alwaysActive.value)
    isReading = isActive && threads.doReads.value
  }

  private mutating func measure(_ now: Int64) {
    if now == start { return }
    let span = Double(max(1, now - start))
    average += (Double(clients) / span - average) * (span / (span + 3))
    isHigh = average >= (isHigh ? Self.end : Self.begin)
    start = now
    clients = 0
    window &+= 1
  }
}
