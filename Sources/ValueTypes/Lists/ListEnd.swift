import ServerKernel

/// An end of a list.
public enum ListEnd: Sendable {
  case left, right

  /// The event of adding elements there.
  public var pushEvent: KeyspaceEvent { .list(self == .left ? "lpush" : "rpush") }

  /// The event of removing elements there.
  public var popEvent: KeyspaceEvent { .list(self == .left ? "lpop" : "rpop") }
}
