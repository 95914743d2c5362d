import Testing

@testable import ServerKernel

/// How long a snapshot goes on, by what the loop tells it of its turns; times in nanoseconds.
@Suite struct SnapshotPaceTests {
  private static let longest: Int64 = 1_000_000

  /// A turn that begins when the loop has waited until `now`, and works for `busy` before the snapshot's slice.
  private func turn(
    _ pace: inout SnapshotPace, at now: Int64, hasInput: Bool, busy: Int64 = 0, share: Int64 = 25
  ) -> (slice: Int64, pause: Int64) {
    pace.tickBegan(hasInput: hasInput, at: now)
    let slice = pace.slice(at: now + busy, longest: Self.longest, share: share)
    pace.didSlice(slice)
    return (slice, pace.willWait(at: now + busy + slice))
  }

  /// Whoever comes waits for a tenth of the longest slice at most, and the loop pauses for a part of what it went on.
  @Test func slicesAreShortWhileCommandsCome() {
    var pace = SnapshotPace(at: 0)
    var now: Int64 = 0
    for number in 0..<20 {
      let (slice, pause) = turn(&pace, at: now, hasInput: number % 2 == 0, busy: 300_000)
      #expect(slice > 0 && slice <= Self.longest / 10)
      #expect(pause > 0 && pause <= slice / 2)
      now += 300_000 + slice + pause
    }
  }

  /// A server that has commands to execute in each turn gives its share of the time, and no more.
  @Test func aBusyServerGivesItsShare() {
    var pace = SnapshotPace(at: 0)
    _ = turn(&pace, at: 0, hasInput: true, busy: 120_000)
    let next = turn(&pace, at: 140_000, hasInput: true, busy: 120_000)
    #expect((20_000...60_000).contains(next.slice))
  }

  /// Nothing comes for a while: no pauses, and slices as long as they may be.
  @Test func anIdleServerGivesAll() {
    var pace = SnapshotPace(at: 0)
    _ = turn(&pace, at: 0, hasInput: true)
    let (slice, pause) = turn(&pace, at: 6_000_000, hasInput: false)
    #expect(slice == Self.longest && pause == 0)
    let woken = turn(&pace, at: 7_000_000, hasInput: true)
    #expect(woken.slice <= Self.longest / 10)
  }
}
