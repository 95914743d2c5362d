/// How long a snapshot goes on in each tick: as long as nobody minds.
///
/// While commands are executed it gets a share of their time, so that a busy server stays one; between them it takes
/// slices that a command would hardly notice; and once nothing has come for a while, slices near the whole of the tick.
struct SnapshotPace {
  private var tickStart: Int64 = 0
  private var lastInput: Int64 = 0
  private var hasInput = false

  // All times are in nanoseconds.
  private static let shortest: Int64 = 20_000
  /// After so long without input nobody is expected.
  private static let quiet: Int64 = 5_000_000

  /// The server turns to what has arrived, if anything has.
  mutating func tickBegan(hasInput: Bool, at now: Int64) {
    tickStart = now
    self.hasInput = hasInput
    if hasInput { lastInput = now }
  }

  /// How long to go on at this point of the tick, at most `longest`; `share` is the percentage of time that the
  /// snapshot gets while commands are executed.
  func slice(at now: Int64, longest: Int64, share: Int64) -> Int64 {
    if now - lastInput > Self.quiet { return longest }
    let brief = max(Self.shortest, longest / 10)
    if !hasInput { return min(longest, brief) }
    let fair = share < 100 ? (now - tickStart) * share / (100 - share) : longest
    return min(longest, max(Self.shortest, fair))
  }
}
