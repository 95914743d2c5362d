import Containers

extension Call {
  /// The timeout of a command that waits: milliseconds; 0 stands for ever.
  public func timeout(milliseconds index: Int) throws(CommandError) -> Int64 {
    guard let milliseconds = self[index].integer else {
      throw .literal("ERR timeout is not an integer or out of range")
    }
    if milliseconds < 0 { throw .literal("ERR timeout is negative") }
    return milliseconds
  }

  /// The timeout of a blocking command: seconds, fractions allowed, as milliseconds; 0 stands for ever.
  public func timeout(_ index: Int) throws(CommandError) -> Int64 {
    guard let seconds = self[index].extended else { throw .literal("ERR timeout is not a float or out of range") }
    // C's conversion makes what is out of range negative.
    guard let milliseconds = Int64(exactly: (seconds * 1000).rounded(.up)), milliseconds >= 0 else {
      throw .literal("ERR timeout is negative")
    }
    return milliseconds
  }
}
