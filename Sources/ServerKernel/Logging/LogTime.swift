// Unsafe here: clock_gettime(2) and localtime_r(3) fill structures of this function's own frame. The name of the zone,
// the one pointer in them, is not looked at.
import Glibc
import Synchronization

/// The time as log lines show it: `22 Nov 2026 15:50:40.634`, in the local time zone.
enum LogTime {
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The present moment.
  static func now() -> String {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return text(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
  }

  /// The moment `seconds` after the epoch.
  static func text(seconds: Int, milliseconds: Int) -> String {
    var seconds = seconds
    var parts = unsafe tm()
    unsafe localtime_r(&seconds, &parts)
    let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
    return unsafe "\(padded(Int(parts.tm_mday), 2)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900) "
      + "\(clock).\(padded(milliseconds, 3))"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
