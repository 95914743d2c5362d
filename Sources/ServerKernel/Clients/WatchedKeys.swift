import Containers

/// A key of a database.
struct WatchedKey: Hashable {
  let database: Int
  let key: [UInt8]
}

/// What a client watches; a transaction of a client whose keys changed is refused.
final class WatchState {
  /// Whether each key was past its time, but not removed, when WATCH was called: its removal is no change.
  var wasExpired: [WatchedKey: Bool] = [:]
  /// About how many bytes the keys take, here and in the table of watchers.
  var memoryUse = 0
  /// Some watched key changed.
  var isDirty = false
}

/// The keys that clients watch (WATCH).
public final class WatchedKeys: KeyspaceObserver {
  /// Clients that watch a key, by database, key and the client's number.
  private var watchers: [Int: [[UInt8]: [UInt64: Client]]] = [:]

  /// What a watched key takes beside its bytes: two arrays and places in three tables.
  private static let bytesPerKey = 160

  /// WATCH: a change of the key from now on refuses the client's next EXEC. O(1).
  public func add(_ key: borrowing Bytes, _ client: Client) {
    let server = client.place.value.server
    let database = Database(client.place.value.database, server.keyspace)
    let watched = WatchedKey(database: database.number, key: key.array)
    let state = client.attachment(WatchState.self, default: WatchState.init)
    // What voids the transaction already needs no company.
    if state.isDirty || state.wasExpired[watched] != nil { return }
    state.wasExpired[watched] = database.isPastTime(key)
    state.memoryUse += key.count + Self.bytesPerKey
    if watchers.isEmpty { server.observeKeys(self) }
    watchers[watched.database, default: [:]][watched.key, default: [:]][client.id] = client
  }

  /// UNWATCH. O(1) for each key that the client watches.
  public func removeAll(_ client: Client) {
    guard let state = client.attachment(WatchState.self) else { return }
    for watched in state.wasExpired.keys {
      watchers[watched.database]?[watched.key]?[client.id] = nil
      if watchers[watched.database]?[watched.key]?.isEmpty ?? false { watchers[watched.database]?[watched.key] = nil }
      if watchers[watched.database]?.isEmpty ?? false { watchers[watched.database] = nil }
    }
    if watchers.isEmpty { client.place.value.server.stopObservingKeys(self) }
    client.removeAttachment(WatchState.self)
  }

  /// Whether a key that the client watches changed, or went past its time.
  public func haveChanged(_ client: Client) -> Bool {
    guard let watch = client.attachment(WatchState.self) else { return false }
    if watch.isDirty { return true }
    let server = client.place.value.server
    return watch.wasExpired.contains { watched, wasExpired in
      !wasExpired && (server.database(watched.database)?.isPastTime(watched.key.bytes) ?? false)
    }
  }

  /// The transactions of those who watch the key are void.
  public func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database) {
    guard let watchedKeys = watchers[database.number] else { return }
    let name = key.array
    guard let clients = watchedKeys[name] else { return }
    let isGone = !database.holds(name.bytes)
    let watched = WatchedKey(database: database.number, key: name)
    for client in clients.values {
      guard let watch = client.attachment(WatchState.self) else { continue }
      if isGone, watch.wasExpired[watched] ?? false {
        // It had expired before WATCH, and now is gone: nothing changed for who looks.
        watch.wasExpired[watched] = false
      } else {
        watch.isDirty = true
      }
    }
  }

  /// Watched keys that are in the database, or in that which takes its place, change by that.
  public func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange) {
    guard let watchedKeys = watchers[database.number] else { return }
    var replacement: Int?
    if case .swapped(let other) = change { replacement = other }
    for (key, clients) in watchedKeys {
      let isHere = database.holds(key.bytes)
      let after = replacement.flatMap { database.other($0)?.holds(key.bytes) } ?? false
      let expiredAfter = replacement.flatMap { database.other($0)?.isPastTime(key.bytes) } ?? false
      guard isHere || after else { continue }
      let watched = WatchedKey(database: database.number, key: key)
      for client in clients.values {
        guard let watch = client.attachment(WatchState.self), let wasExpired = watch.wasExpired[watched] else {
          continue
        }
        if wasExpired {
          if !after {
            watch.wasExpired[watched] = false
            continue
          }
          if expiredAfter { continue }
        } else if !isHere && expiredAfter {
          watch.wasExpired[watched] = true
          continue
        }
        watch.isDirty = true
      }
    }
  }

  /// Told before.
  public func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange) {}
}
