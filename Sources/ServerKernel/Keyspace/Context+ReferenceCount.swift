import Containers

extension Context {
  /// How many references to the key's value OBJECT REFCOUNT tells of. Leaves no trace.
  ///
  /// No value is shared here. Redis shares small integers, unless eviction needs an access clock of each, and says so
  /// with the largest number; so does this. It also says so of a copy made by COPY, which Redis counts once.
  public func referenceCount(_ key: borrowing Bytes) -> Int {
    let settings = server.memorySettings
    let needsClocks = settings.maxMemory.value > 0 && settings.policy.value.needsAccessClock
    guard !needsClocks, let integer = db.storedInteger(key), (0..<10000).contains(integer) else { return 1 }
    return Int(Int32.max)
  }
}
