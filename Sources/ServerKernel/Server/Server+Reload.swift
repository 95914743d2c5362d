/// What the persistence does for DEBUG.
public enum ReloadKind: Sendable {
  /// DEBUG LOADAOF.
  case appendOnlyFile
  /// DEBUG RELOAD: save first, empty the data set before loading, keep what is there where keys are equal.
  case dump(saves: Bool, flushes: Bool, merges: Bool)
}

extension Server {
  /// Writes the data set and loads it back; set by the persistence. It returns the error reply of a failure.
  public var reloadHook: ((ReloadKind, Server) -> String?)? {
    get { state.value.reloadHook }
    set { state.value.reloadHook = newValue }
  }
}
