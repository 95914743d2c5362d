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
  /// Some watched key changed.
  var isDirty = false
}

extension Server {
  /// WATCH: a change of the key from now on refuses the client's next EXEC. O(1).
  public func watch(_ key: borrowing Bytes, _ client: Client) {
    let database = Database(client.place.value.database, keyspace)
    let watched = WatchedKey(database: database.number, key: key.array)
    let state = client.attachment(WatchState.self, default: WatchState.init)
    // What voids the transaction already needs no company.
    if state.isDirty || state.wasExpired[watched] != nil { return }
    state.wasExpired[watched] = database.isPastTime(key)
    client.place.value.database.value.watchers[watched.key, default: [:]][client.id] = client
    keyspace.value.watchedKeys += 1
  }

  /// UNWATCH. O(1) for each key that the client watches.
  public func unwatchAll(_ client: Client) {
    guard let state = client.attachment(WatchState.self) else { return }
    for watched in state.wasExpired.keys {
      guard let database = databaseState(watched.database) else { continue }
      database.value.watchers[watched.key]?[client.id] = nil
      if database.value.watchers[watched.key]?.isEmpty ?? false { database.value.watchers[watched.key] = nil }
      keyspace.value.watchedKeys -= 1
    }
    client.removeAttachment(WatchState.self)
  }

  /// Whether a key that the client watches changed, or went past its time.
  public func watchedKeysChanged(_ client: Client) -> Bool {
    guard let watch = client.attachment(WatchState.self) else { return false }
    if watch.isDirty { return true }
    return watch.wasExpired.contains { watched, wasExpired in
      !wasExpired && (database(watched.database)?.isPastTime(watched.key.bytes) ?? false)
    }
  }

  /// A key changed: its watchers' transactions are void.
  @usableFromInline
  func keyChanged(_ database: Place<DatabaseState>, _ key: borrowing Bytes) {
    if database.value.watchers.isEmpty { return }
    let name = key.array
    guard let watchers = database.value.watchers[name] else { return }
    let isGone = !Database(database, keyspace).holds(name.bytes)
    let watched = WatchedKey(database: database.value.number, key: name)
    for client in watchers.values {
      guard let watch = client.attachment(WatchState.self) else { continue }
      if isGone, watch.wasExpired[watched] ?? false {
        // It had expired before WATCH, and now is gone: nothing changed for who looks.
        watch.wasExpired[watched] = false
      } else {
        watch.isDirty = true
      }
    }
  }

  /// A database is about to lose all its keys, or to get those of `replacement`: watched keys that are in either
  /// change by that.
  @usableFromInline
  func databaseWillChange(_ state: Place<DatabaseState>, replacedBy replacement: Place<DatabaseState>?) {
    if state.value.watchers.isEmpty { return }
    let before = Database(state, keyspace)
    for (key, watchers) in state.value.watchers {
      let isHere = before.holds(key.bytes)
      let after = replacement.map { Database($0, keyspace).holds(key.bytes) } ?? false
      let expiredAfter = replacement.map { Database($0, keyspace).isPastTime(key.bytes) } ?? false
      guard isHere || after else { continue }
      let watched = WatchedKey(database: state.value.number, key: key)
      for client in watchers.values {
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
}
