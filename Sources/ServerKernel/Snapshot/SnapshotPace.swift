/// How long a snapshot goes on in each tick: as long as nobody minds.
///
/// While commands come it gets a share of the time that they take, so that a busy server stays one, and half of the
/// time that the loop would have waited for them: going on all the time would save a little and have the scheduler,
/// where others want the processor, take the server for one that can wait. Once nothing has come for a while it takes
/// all of the time, in slices that a command would hardly notice.
///
/// All times are in nanoseconds.
struct SnapshotPace {
  private var waitStart: Int64
  private var tickStart: Int64
  private var lastInput: Int64
  /// What the loop waited for input last, what the last slice took, and what all else in that tick took.
  private var waited: Int64 = 0
  private var sliced: Int64 = 0
  private var busy: Int64 = 0

  private static let shortest: Int64 = 20_000
  /// After so long without input nobody is expected.
  private static let quiet: Int64 = 5_000_000

  /// Begins in the midst of a tick.
  init(at now: Int64) { (waitStart, tickStart, lastInput) = (now, now, now) }

  /// The tick is over; returns how long the loop may wait for input, milliseconds.
  mutating func willWait(at now: Int64) -> Int32 {
    busy = max(0, now - tickStart - sliced)
    sliced = 0
    waitStart = now
    return now - lastInput > Self.quiet ? 0 : 1
  }

  /// The server turns to what has arrived, if anything has.
  mutating func tickBegan(hasInput: Bool, at now: Int64) {
    waited = now - waitStart
    tickStart = now
    if hasInput { lastInput = now }
  }

  /// How long to go on now, at most `longest`; `share` is the percentage of its time that a busy server gives.
  func slice(at now: Int64, longest: Int64, share: Int64) -> Int64 {
    if now - lastInput > Self.quiet { return longest }
    let fair = share < 100 ? busy * share / (100 - share) : longest
    return min(longest / 4, max(Self.shortest, fair + waited / 2))
  }

  /// It went on for so long.
  mutating func didSlice(_ duration: Int64) { sliced = duration }
}
