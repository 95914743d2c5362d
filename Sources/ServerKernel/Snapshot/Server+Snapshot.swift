extension Server {
  /// Whether a snapshot runs, or one that was given up is still being cleared away, or none may begin: while a data set
  /// is loaded, which is not whole, or whose entries have to look alike to the next snapshot.
  public var isSnapshotting: Bool {
    keyspace.value.snapshot != nil || !keyspace.value.databasesBeside.isEmpty || isLoading
  }

  /// Begins a snapshot of all databases as they are now; false while another one runs.
  public func beginSnapshot(_ consumer: any SnapshotConsumer) -> Bool {
    if keyspace.value.snapshot != nil { return false }
    keyspace.value.snapshotParity ^= KeyEntry.snapshotParity
    keyspace.value.isSnapshotting = true
    keyspace.value.snapshot = Snapshot(keyspace, consumer)
    return true
  }

  /// Gives the running snapshot up; its consumer hears nothing more.
  public func cancelSnapshot() {
    keyspace.value.snapshot?.giveUp()
    keyspace.value.isSnapshotting = false
  }

  /// The loop is about to wait for input; returns how long it may, nanoseconds, while there is a snapshot.
  func snapshotWillWait() -> Int64? {
    guard let snapshot = keyspace.value.snapshot else { return nil }
    let limit = snapshot.pace.willWait(at: Clock.monotonicNanoseconds())
    // While its consumer is not ready it can as well wait.
    return snapshot.consumer?.canTakeMore ?? true ? limit : 999_999
  }

  /// A tick turns to what has arrived.
  func snapshotTickBegan(hasInput: Bool) {
    keyspace.value.snapshot?.pace.tickBegan(hasInput: hasInput, at: Clock.monotonicNanoseconds())
  }

  /// Goes on with the snapshot for a slice of the tick.
  func advanceSnapshot() {
    guard let snapshot = keyspace.value.snapshot else { return }
    let now = Clock.monotonicNanoseconds()
    let longest = Int64(settings.snapshotSlice.value) * 1000
    // One that was given up is out of the way soon: the next may be waiting, and nothing is handed over any more.
    let share = snapshot.consumer == nil ? 100 : Int64(settings.snapshotShare.value)
    let slice = snapshot.pace.slice(at: now, longest: longest, share: share)
    let isDone = snapshot.advance(until: now + slice, keyspace)
    snapshot.pace.didSlice(Clock.monotonicNanoseconds() - now)
    guard isDone else { return }
    keyspace.value.isSnapshotting = false
    keyspace.value.snapshot = nil
    snapshot.consumer?.snapshotDidEnd()
  }

  /// Ends the running snapshot at once, however long it takes.
  public func completeSnapshot() {
    while let snapshot = keyspace.value.snapshot {
      guard snapshot.advance(until: .max, keyspace) else { continue }
      keyspace.value.isSnapshotting = false
      keyspace.value.snapshot = nil
      snapshot.consumer?.snapshotDidEnd()
    }
  }
}
