extension Server {
  /// Whether memory is above its limit, and nothing can be evicted.
  public var isOutOfMemory: Bool { state.value.gate.contains(.memoryLimited) && !eviction.makeRoom(self) }
}

extension Server {
  /// Whether scripts may call what they otherwise must not (DEBUG SET-DISABLE-DENY-SCRIPTS).
  public var scriptsMayCallAll: Bool {
    get { calls.value.scriptsMayCallAll }
    set { calls.value.scriptsMayCallAll = newValue }
  }

  /// Serves others for a moment in the midst of a command that takes long; what they may do is up to a check.
  public func serveWhileBusy() { loop.tickInside() }
}
