import Containers

/// What became of a key.
public enum KeyChange: Sendable {
  /// It was not there, or another value was.
  case added
  /// Its value.
  case changed
  /// Its value or its time to live, in a way that nobody waits for.
  case adjusted
  /// By a command, or because nothing was left in it.
  case removed
  /// Its time was over.
  case expired
  /// To make room.
  case evicted
}

/// What becomes of all keys of a database at once.
public enum DatabaseChange: Sendable, Equatable {
  /// They are removed.
  case flushed
  /// Those of another database, of this number, take their place.
  case swapped(with: Int)
}

/// Is told of each change of a key while it observes: of one that is as the change left it, or gone.
///
/// Observers are told in the midst of commands, in the order in which they began to observe, and change no key. While
/// there is none a change costs nothing more than asking whether there is. Events by name, as they are published to
/// clients, are another matter: `Registry.onKeyspaceEvent`.
public protocol KeyspaceObserver: AnyObject {
  /// A key of the database changed.
  func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database)
  /// All keys of the database are about to change, and are as before.
  func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange)
  /// All keys of the database changed.
  func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange)
}

extension Server {
  /// Has an observer told of each change of a key from now on; one that is told already is not told twice.
  public func observeKeys(_ observer: any KeyspaceObserver) {
    if !keyspace.value.observers.contains(where: { $0 === observer }) { keyspace.value.observers.append(observer) }
  }

  /// Has an observer told nothing more.
  public func stopObservingKeys(_ observer: any KeyspaceObserver) {
    keyspace.value.observers.removeAll { $0 === observer }
  }
}

/// The server around the keyspace: what it does of its own accord is answered for there.
protocol KeyspaceHost: AnyObject {
  /// An event whose class is switched on.
  func announce(_ event: KeyspaceEvent, _ key: borrowing Bytes, database: Int)
  /// A key goes that no command removes, because its time is over or to make room: `work` removes it, `lazily` on the
  /// helper thread.
  func removeUnasked(_ key: borrowing Bytes, _ change: KeyChange, database: Int, lazily: Bool, _ work: () -> Void)
  /// Values may be freed, or moved, that are being sent from where they lie: waits until none is.
  func awaitSending()
  /// About how many bytes so many keys take that were just taken out of a database.
  func memoryUse(ofRemovedKeys count: Int) -> Int
}
