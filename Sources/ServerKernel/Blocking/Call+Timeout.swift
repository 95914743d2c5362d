import Containers

extension Call {
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
