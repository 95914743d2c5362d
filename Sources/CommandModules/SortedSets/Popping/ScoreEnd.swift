import ServerKernel

/// An end of a sorted set: that of the lowest scores, or that of the highest.
enum ScoreEnd {
  case min, max

  /// The command that removes members there: what popping commands are journaled as.
  var popName: StaticString { self == .min ? "ZPOPMIN" : "ZPOPMAX" }

  var popEvent: KeyspaceEvent { .sortedSet(self == .min ? "zpopmin" : "zpopmax") }
}

extension Call {
  /// The end that an argument names.
  func scoreEnd(_ index: Int) throws(CommandError) -> ScoreEnd {
    if matches(index, "MIN") { return .min }
    if matches(index, "MAX") { return .max }
    throw .syntax
  }
}
