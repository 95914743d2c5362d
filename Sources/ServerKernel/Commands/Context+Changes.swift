extension Context {
  /// Counts a change to what of the data set is no key: the command is journaled, and save points count it.
  public func countChange() { db.shared.value.dirty &+= 1 }
}
