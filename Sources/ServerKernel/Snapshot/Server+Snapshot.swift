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

  /// Goes on with the snapshot for a slice of the tick.
  func advanceSnapshot() {
    guard let snapshot = state.value.snapshot else { return }
    let slice = Int64(settings.snapshotSlice.value) * 1000
    guard snapshot.advance(until: Clock.monotonicNanoseconds() + slice, self) else { return }
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
