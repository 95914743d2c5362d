import Glibc

/// The end of the process when going on would break a promise.
enum ProcessEnd {
  static func failure() -> Never { exit(1) }
}
