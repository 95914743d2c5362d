import Testing

@testable import ServerKernel

@Suite struct TimersTests {
  @Test func aCancelledTimerIsGone() {
    let timers = Timers()
    var added: [Timers.Timer] = []
    var delays = (0..<1000).map { Int64($0 * 7919 % 1000) * 1000 }
    delays += [.max, .max - 1]
    for delay in delays { added.append(timers.add(milliseconds: delay) { _ in }) }
    #expect(timers.count == 1002)
    let first = timers.untilNext ?? -1
    #expect(first >= 0 && first <= 1000)
    // Whichever of them goes, the one that is due next stays at the front.
    for (index, timer) in added.enumerated() where delays[index] < 500_000 || delays[index] > 600_000 {
      timers.cancel(timer)
      timers.cancel(timer)
    }
    #expect(timers.count == 101)
    let next = timers.untilNext ?? 0
    #expect(next > 400_000 && next <= 500_000)
    for timer in added { timers.cancel(timer) }
    #expect(timers.count == 0 && timers.untilNext == nil)
  }
}
