import Containers

// The point-in-time walk over all keys that rewriting the append-only file takes; see `Snapshot`.
extension Server {
  /// An entry that the running snapshot has not seen is about to change or go.
  @unsafe @usableFromInline
  func snapshotWillChange(_ database: Place<DatabaseState>, _ entry: UnsafeMutableRawPointer) {}

  /// A database is about to lose all its keys.
  @usableFromInline
  func snapshotWillLose(_ database: Place<DatabaseState>) {}

  /// Two databases are about to exchange their keys.
  @usableFromInline
  func snapshotWillExchange(_ first: Place<DatabaseState>, _ second: Place<DatabaseState>) {}
}
