import Glibc

/// A thread that does nothing for a while.
enum Pause {
  static func microseconds(_ count: Int) { usleep(UInt32(clamping: count)) }
}
