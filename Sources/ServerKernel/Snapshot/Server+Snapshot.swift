// Unsafe: entries are addresses.

import Containers

extension Server {
  /// Whether a snapshot runs, or one that was given up is still being cleared away.
  public var isSnapshotting: Bool { state.value.snapshot != nil }

  /// Begins a snapshot of all databases as they are now; false while another one runs.
  public func beginSnapshot(_ consumer: any SnapshotConsumer) -> Bool {
    if state.value.snapshot != nil { return false }
    keyspace.value.snapshotParity ^= KeyEntry.snapshotParity
    keyspace.value.isSnapshotting = true
    state.value.snapshot = Snapshot(self, consumer)
    return true
  }

  /// Gives the running snapshot up; its consumer hears nothing more.
  public func cancelSnapshot() {
    state.value.snapshot?.giveUp()
    keyspace.value.isSnapshotting = false
  }

  /// The loop is about to wait for input; returns how long it may, milliseconds, while there is a snapshot.
  func snapshotWillWait() -> Int32? {
    guard let snapshot = state.value.snapshot else { return nil }
    let limit = snapshot.pace.willWait(at: Clock.monotonicNanoseconds())
    // While its consumer is not ready it can as well wait.
    return snapshot.consumer?.canTakeMore ?? true ? limit : 1
  }

  /// A tick turns to what has arrived.
  func snapshotTickBegan(hasInput: Bool) {
    state.value.snapshot?.pace.tickBegan(hasInput: hasInput, at: Clock.monotonicNanoseconds())
  }

  /// Goes on with the snapshot for a slice of the tick.
  func advanceSnapshot() {
    guard let snapshot = state.value.snapshot else { return }
    let now = Clock.monotonicNanoseconds()
    let longest = Int64(settings.snapshotSlice.value) * 1000
    // One that was given up is out of the way soon: the next may be waiting, and nothing is handed over any more.
    let share = snapshot.consumer == nil ? 100 : Int64(settings.snapshotShare.value)
    let slice = snapshot.pace.slice(at: now, longest: longest, share: share)
    let isDone = snapshot.advance(until: now + slice, self)
    snapshot.pace.didSlice(Clock.monotonicNanoseconds() - now)
    guard isDone else { return }
    keyspace.value.isSnapshotting = false
    state.value.snapshot = nil
    snapshot.consumer?.snapshotDidEnd()
  }

  /// Ends the running snapshot at once, however long it takes.
  public func completeSnapshot() {
    while let snapshot = state.value.snapshot {
      guard snapshot.advance(until: .max, self) else { continue }
      keyspace.value.isSnapshotting = false
      state.value.snapshot = nil
      snapshot.consumer?.snapshotDidEnd()
    }
  }

  /// An entry is about to change or go.
  @unsafe @usableFromInline
  func snapshotWillChange(_ database: Place<DatabaseState>, _ entry: UnsafeMutableRawPointer) {
    unsafe state.value.snapshot?.willChange(database, entry, self)
  }

  /// The value of an entry is about to end; true when the snapshot, in the midst of it, takes it over.
  @unsafe
  func snapshotTakesValue(_ entry: UnsafeMutableRawPointer) -> Bool {
    unsafe state.value.snapshot?.takeValue(entry) ?? false
  }

  /// An entry was moved to another block; it is in this database now.
  @unsafe
  func snapshotEntryMoved(
    _ old: UnsafeMutableRawPointer, to new: UnsafeMutableRawPointer, _ database: Place<DatabaseState>
  ) {
    unsafe state.value.snapshot?.entryMoved(old, to: new, database: database.value.number)
  }

  /// Two databases exchange their keys.
  func snapshotWillExchange(_ first: Place<DatabaseState>, _ second: Place<DatabaseState>) {
    state.value.snapshot?.exchange(first.value.number, second.value.number)
  }
}
