/// What the persistence does for DEBUG.
public enum ReloadKind: Sendable {
  /// DEBUG LOADAOF.
  case appendOnlyFile
  /// DEBUG RELOAD: save first, empty the data set before loading, keep what is there where keys are equal.
  case dump(saves: Bool, flushes: Bool, merges: Bool)
}

extension Server {
  /// Writes the data set and loads it back, and returns the error reply of a failure; nil where nobody can.
  public var reloadHook: ((ReloadKind, Server) -> String?)? { lifecycle.reloadHook }
}

extension Registry {
  /// Has `work` write the data set and load it back; it returns the error reply of a failure. A second one stops the
  /// start.
  public func onReload(_ work: @escaping (ReloadKind, Server) -> String?) {
    if server.lifecycle.reloadHook != nil { stopStart("two modules reload the data set") }
    server.lifecycle.reloadHook = work
  }
}
