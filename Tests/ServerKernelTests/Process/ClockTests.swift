import Glibc
import Testing

@testable import ServerKernel

/// Clocks that stand where none should.
@Suite struct ClockTests {
  private static let times: [(seconds: Int, expected: Int64)] = [
    (0, 0), (1, 1_000_000), (1_700_000_000, 1_700_000_000_000_000), (-1, 0), (Int.min, 0),
    (253_402_300_799, 253_402_300_799_000_000), (253_402_300_800, 253_402_300_799_000_000),
    (Int.max, 253_402_300_799_000_000),
  ]

  @Test(arguments: times)
  func unixTimeStaysWithinTheYearsThatHaveFourDigits(seconds: Int, expected: Int64) {
    #expect(Clock.unixMicroseconds(of: timespec(tv_sec: seconds, tv_nsec: 999)) == expected)
    #expect(Clock.unixMicroseconds(of: timespec(tv_sec: seconds, tv_nsec: 999_999_999)) == expected + 999_999)
  }
}
