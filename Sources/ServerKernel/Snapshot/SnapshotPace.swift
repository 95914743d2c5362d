/// How long a snapshot goes on in each tick: as long as nobody minds.
///
/// While commands come it goes on in slices that are short beside the time that a command takes to come and go, and
/// looks for commands between them. Those that find it at work wait for the rest of a slice. It pauses a moment after
/// each: going on all the time would save a little and have the scheduler, where others want the processor, take the
/// server for one that can wait. In a turn that had commands to execute it gets a share of the time that they took.
/// Once nothing has come for a while it takes all of the time, in slices that a command would hardly notice.
///
/// All times are in nanoseconds.
struct SnapshotPace {
  private var waitStart: Int64
  private var tickStart: Int64
  private var lastInput: Int64
  private var hasInput = false
  /// What the loop waited for input last, what the last slice took, and what all else in that tick took.
  private var waited: Int64 = 0
  private var sliced: Int64 = 0
  private var busy: Int64 = 0

  private static let shortest: Int64 = 20_000
  /// After so long without input nobody is expected.
  private static let quiet: Int64 = 5_000_000
  /// While somebody is, a slice is this part of the longest.
  private static let part: Int64 = 10

  /// Begins in the midst of a tick.
  init(at now: Int64) { (waitStart, tickStart, lastInput) = (now, now, now) }

  /// The tick is over; returns how long the loop may wait for input.
  mutating func willWait(at now: Int64) -> Int64 {
    busy = max(0, now - tickStart - sliced)
    let pause = now - lastInput > Self.quiet ? 0 : sliced / 4
    sliced = 0
    waitStart = now
    return pause
  }

  /// The server turns to what has arrived, if anything has.
  mutating func tickBegan(hasInput: Bool, at now: Int64) {
    waited = now - waitStart
    tickStart = now
    self.hasInput = hasInput
    if hasInput { lastInput = now }
  }

  /// How long to go on now, at most `longest`; `share` is the percentage of its time that a busy server gives.
  func slice(at now: Int64, longest: Int64, share: Int64) -> Int64 {
    if now - lastInput > Self.quiet { return longest }
    if !hasInput || share == 100 { return longest / Self.part }
    return min(longest / Self.part, max(Self.shortest, busy * share / (100 - share) + waited))
  }

  /// It went on for so long.
  mutating func didSlice(_ duration: Int64) { sliced = duration }
}
