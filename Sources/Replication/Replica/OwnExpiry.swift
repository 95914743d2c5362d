import Containers
import ServerKernel

/// Keys with a time to live that a writable replica was given by its own clients: no primary removes them, so the
/// replica does when their time is over.
final class OwnExpiry: KeyspaceObserver {
  private unowned let server: Server
  /// By database.
  private var keys: [Int: Set<[UInt8]>] = [:]
  private var isOn = false

  /// Keys that are looked at in one turn.
  private static let keysPerTurn = 64

  init(_ server: Server) { self.server = server }

  /// How many keys it knows.
  var count: Int { keys.values.reduce(0) { $0 + $1.count } }

  /// Begins or ends to take note of keys.
  func set(_ isOn: Bool) {
    if isOn == self.isOn { return }
    self.isOn = isOn
    if isOn { return server.observeKeys(self) }
    server.stopObservingKeys(self)
    keys = [:]
  }

  func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database) {
    if server.servesExpired { return }
    switch change {
    case .added, .changed, .adjusted:
      if database.expiration(key) != nil { keys[database.number, default: []].insert(key.array) }
    case .removed, .expired, .evicted: break
    }
  }

  func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange) {
    if change == .flushed { keys[database.number] = nil }
  }

  func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange) {}

  /// Called ten times a second: removes some keys whose time is over, and forgets those that have none any more.
  func tick() {
    if !isOn || server.isLoading { return }
    for number in Array(keys.keys) {
      guard let database = server.database(number) else { continue }
      for key in keys[number, default: []].prefix(Self.keysPerTurn) {
        // As if it were about to be written to, which removes it past its time.
        let isThere = database.containsForUpdate(key.bytes)
        if !isThere || database.expiration(key.bytes) == nil { keys[number]?.remove(key) }
      }
      if keys[number]?.isEmpty ?? false { keys[number] = nil }
    }
  }
}
