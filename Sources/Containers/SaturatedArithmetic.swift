extension FixedWidthInteger {
  /// The sum, or the largest or smallest number there is where that does not hold it: for sums of times and sizes
  /// that a client, a file or the clock may have chosen.
  @inlinable
  public func addingSaturated(_ other: Self) -> Self {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  /// The difference, or the largest or smallest number there is where that does not hold it.
  @inlinable
  public func subtractingSaturated(_ other: Self) -> Self {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
