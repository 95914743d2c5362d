// Unsafe: C's clock interface.

import CLinux
import Glibc

/// Time: Unix time, monotonic time, and the CPU's tick counter for short spans.
public enum Clock {
  /// Unix time, microseconds.
  public static func unixMicroseconds() -> Int64 { unixMicroseconds(of: read(CLOCK_REALTIME)) }
  /// Time since some moment in the past that never jumps, nanoseconds.
  public static func monotonicNanoseconds() -> Int64 {
    let time = read(CLOCK_MONOTONIC)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }

  /// The end of the year 9999, Unix seconds.
  private static let lastSecond = 253_402_300_799

  /// Unix time, microseconds, of a clock that may stand anywhere: before 1970 counts as 1970 and after 9999 as 9999,
  /// so that a time is never negative, and sums of it with spans of centuries do not overflow.
  static func unixMicroseconds(of time: timespec) -> Int64 {
    Int64(min(max(time.tv_sec, 0), lastSecond)) * 1_000_000 + Int64(time.tv_nsec / 1000)
  }

  /// As `monotonicNanoseconds`, in seconds.
  public static var monotonicSeconds: Int64 { monotonicNanoseconds() / 1_000_000_000 }

  /// Lets other threads have the core.
  static func yield() { sched_yield() }

  /// The CPU's counter, a few nanoseconds to read.
  static func ticks() -> UInt64 { clinux_ticks() }

  private static func read(_ clock: clockid_t) -> timespec {
    var time = timespec()
    unsafe clock_gettime(clock, &time)
    return time
  }
}

/// How long a tick of the CPU's counter is: measured over the life of the process, ever more precisely.
struct TickRate {
  private let startTicks: UInt64
  private let startNanoseconds: Int64
  private(set) var ticksPerMicrosecond: Double
  private var nanosecondsPerTick: Double

  init() {
    startTicks = Clock.ticks()
    startNanoseconds = Clock.monotonicNanoseconds()
    ticksPerMicrosecond = 1
    nanosecondsPerTick = 1000
    while Clock.monotonicNanoseconds() - startNanoseconds < 500_000 {}
    calibrate()
  }

  mutating func calibrate() {
    let ticks = Clock.ticks() &- startTicks
    let nanoseconds = Clock.monotonicNanoseconds() - startNanoseconds
    if nanoseconds <= 0 || ticks == 0 { return }
    ticksPerMicrosecond = Double(ticks) * 1000 / Double(nanoseconds)
    nanosecondsPerTick = 1000 / ticksPerMicrosecond
  }

  // A counter that went back, on another processor or where a virtual machine moved, gives a span without end.
  func microseconds(_ ticks: UInt64) -> Int { Int(min(Double(ticks) / ticksPerMicrosecond, 0x1p62)) }
  func nanoseconds(_ ticks: UInt64) -> UInt64 { UInt64(min(Double(ticks) * nanosecondsPerTick, 0x1p63)) }
  func ticks(microseconds: Int) -> UInt64 { UInt64(min(Double(microseconds) * ticksPerMicrosecond, 0x1p63)) }
}
