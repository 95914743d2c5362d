// Unsafe: the table lies at a place that is freed with the object.

import Containers

/// The keys that clients watch (WATCH).
public final class WatchedKeys: KeyspaceObserver {
  /// At a place of its own: each change of a key looks into it, and a property of a class would cost it two checks.
  private let table = Place(WatchTable())

  deinit { unsafe table.free() }

  /// A client of more keys than these looks into the table for one that it watches already.
  private static let mostCompared = 8

  /// WATCH: a change of the key from now on refuses the client's next EXEC. O(1).
  public func add(_ key: borrowing Bytes, _ client: Client) {
    let server = client.place.value.server
    let database = Database(client.place.value.database, server.keyspace)
    let state = client.ownTransaction.state
    // What voids the transaction already needs no company.
    if state.value.watched.isDirty { return }
    let hash = database.hash(key)
    if isWatched(key, hash, in: database.number, by: client, state) { return }
    if table.value.count == 0 { server.observeKeys(self) }
    let place = table.value.insert(hash, client, number: state.value.watched.keys.count)
    state.value.watched.append(key, in: database.number, at: place, wasExpired: database.isPastTime(key))
  }

  private func isWatched(
    _ key: borrowing Bytes, _ hash: UInt64, in database: Int, by client: Client, _ state: Place<TransactionState>
  ) -> Bool {
    let count = state.value.watched.keys.count
    if count <= Self.mostCompared {
      for number in 0..<count where state.value.watched.isKey(number, key, in: database) { return true }
      return false
    }
    var place = table.value.first(hash)
    while place != WatchTable.none {
      let watch = table.value[place]
      if watch.client == client && state.value.watched.isKey(watch.number, key, in: database) { return true }
      place = table.value.next(place)
    }
    return false
  }

  /// UNWATCH. O(1) for each key that the client watches.
  public func removeAll(_ client: Client) {
    guard let state = client.place.value.transaction?.state else { return }
    if state.value.watched.keys.isEmpty { return }
    for key in state.value.watched.keys { table.value.remove(key.place) }
    state.value.watched.removeAll()
    if table.value.count == 0 { client.place.value.server.stopObservingKeys(self) }
  }

  /// Whether a key that the client watches changed, or went past its time.
  public func haveChanged(_ client: Client) -> Bool {
    guard let state = client.place.value.transaction?.state else { return false }
    if state.value.watched.isDirty { return true }
    let server = client.place.value.server
    for number in state.value.watched.keys.indices {
      let key = state.value.watched.keys[number]
      if key.wasExpired { continue }
      if server.database(key.database)?.isPastTime(state.value.watched.name(number)) ?? false { return true }
    }
    return false
  }

  /// The transactions of those who watch the key are void.
  public func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database) {
    var place = table.value.first(database.hash(key))
    while place != WatchTable.none {
      let watch = table.value[place]
      place = table.value.next(place)
      guard let state = watch.client.place.value.transaction?.state,
        state.value.watched.isKey(watch.number, key, in: database.number)
      else { continue }
      if state.value.watched.keys[watch.number].wasExpired && !database.holds(key) {
        // It had expired before WATCH, and now is gone: nothing changed for who looks.
        state.value.watched.keys[watch.number].wasExpired = false
      } else {
        state.value.watched.isDirty = true
      }
    }
  }

  /// Watched keys that are in the database, or in that which takes its place, change by that.
  public func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange) {
    var replacement: Database?
    if case .swapped(let other) = change { replacement = database.other(other) }
    for place in table.value.places {
      let watch = table.value[place]
      guard let state = watch.client.place.value.transaction?.state else { continue }
      let watched = state.value.watched.keys[watch.number]
      if watched.database != database.number { continue }
      let name = state.value.watched.name(watch.number)
      let isHere = database.holds(name)
      let after = replacement?.holds(name) ?? false
      let expiredAfter = replacement?.isPastTime(name) ?? false
      guard isHere || after else { continue }
      if watched.wasExpired {
        if !after {
          state.value.watched.keys[watch.number].wasExpired = false
          continue
        }
        if expiredAfter { continue }
      } else if !isHere && expiredAfter {
        state.value.watched.keys[watch.number].wasExpired = true
        continue
      }
      state.value.watched.isDirty = true
    }
  }

  /// Told before.
  public func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange) {}
}
