import Containers

/// A key that a client watches.
struct WatchedKey {
  let database: Int
  let key: [UInt8]
  /// The key was past its time, but not removed, when WATCH was called: its removal is no change.
  var wasExpired: Bool
}

/// What a client watches; a transaction of a client whose keys changed is refused.
final class WatchState {
  var keys: [WatchedKey] = []
  /// Some watched key changed.
  var isDirty = false

  func index(_ database: Int, _ key: [UInt8]) -> Int? {
    keys.firstIndex { $0.database == database && $0.key == key }
  }
}

extension Server {
  /// WATCH: a change of the key from now on refuses the client's next EXEC.
  public func watch(_ key: borrowing Bytes, _ client: Client) {
    let database = Database(client.place.value.database, keyspace)
    let watched = WatchedKey(database: database.number, key: key.array, wasExpired: database.isPastTime(key))
    let state = client.attachment(WatchState.self, default: WatchState.init)
    // What voids the transaction already needs no company.
    if state.isDirty || state.index(watched.database, watched.key) != nil { return }
    state.keys.append(watched)
    client.place.value.database.value.watchers[watched.key, default: []].append(client)
    keyspace.value.watchedKeys += 1
  }

  /// UNWATCH.
  public func unwatchAll(_ client: Client) {
    guard let state = client.attachment(WatchState.self) else { return }
    for watched in state.keys {
      guard let database = databaseState(watched.database) else { continue }
      database.value.watchers[watched.key]?.removeAll { $0 == client }
      if database.value.watchers[watched.key]?.isEmpty ?? false { database.value.watchers[watched.key] = nil }
      keyspace.value.watchedKeys -= 1
    }
    client.removeAttachment(WatchState.self)
  }

  /// Whether a key that the client watches changed, or went past its time.
  public func watchedKeysChanged(_ client: Client) -> Bool {
    guard let watch = client.attachment(WatchState.self) else { return false }
    if watch.isDirty { return true }
    return watch.keys.contains { watched in
      !watched.wasExpired && (database(watched.database)?.isPastTime(watched.key.bytes) ?? false)
    }
  }

  /// A key changed: its watchers' transactions are void.
  @usableFromInline
  func keyChanged(_ database: Place<DatabaseState>, _ key: borrowing Bytes) {
    if database.value.watchers.isEmpty { return }
    let name = key.array
    guard let watchers = database.value.watchers[name] else { return }
    let isGone = !Database(database, keyspace).holds(name.bytes)
    for client in watchers {
      guard let watch = client.attachment(WatchState.self) else { continue }
      if isGone, let index = watch.index(database.value.number, name), watch.keys[index].wasExpired {
        // It had expired before WATCH, and now is gone: nothing changed for who looks.
        watch.keys[index].wasExpired = false
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
      for client in watchers {
        guard let watch = client.attachment(WatchState.self),
          let index = watch.index(state.value.number, key)
        else { continue }
        if watch.keys[index].wasExpired {
          if !after {
            watch.keys[index].wasExpired = false
            continue
          }
          if expiredAfter { continue }
        } else if !isHere && expiredAfter {
          watch.keys[index].wasExpired = true
          continue
        }
        watch.isDirty = true
      }
    }
  }
}
