import Containers

/// A key under which blocked clients may find what they wait for.
struct ReadyKey {
  let database: Int
  let key: [UInt8]
}

/// A client that waits: for one of some keys, with a command to try again, until a time.
@safe
final class BlockedState {
  let keys: [WatchedKeyName]
  let command: UnsafeMutablePointer<CommandEntry>
  let arguments: OwnedArguments
  let onTimeout: BlockTimeout
  var timer: Timers.Identifier?

  init(
    keys: [WatchedKeyName], command: UnsafeMutablePointer<CommandEntry>, arguments: OwnedArguments,
    onTimeout: BlockTimeout
  ) {
    self.keys = keys
    unsafe self.command = command
    self.arguments = arguments
    self.onTimeout = onTimeout
  }
}

/// A key's name with its database.
struct WatchedKeyName: Hashable {
  let database: Int
  let key: [UInt8]
}

/// What a blocked client is answered when its time is over.
public enum BlockTimeout: Sendable {
  case null, nullArray
  case integer(Int64)
}

extension Context {
  /// Blocks the client until one of the keys at these arguments is added or changed; then the command is executed
  /// again, and either replies or blocks again, which keeps the client's place in the order of service.
  ///
  /// Called by a command instead of a reply. Inside a transaction, and for clients without a connection, nothing
  /// blocks: the reply is that of the timeout. `milliseconds` 0 waits for ever.
  public mutating func block(
    _ call: borrowing Call, keys: some Sequence<Int>, milliseconds: Int64, onTimeout: BlockTimeout
  ) {
    let server = self.server
    if server.isRetryingBlocked {
      server.state.value.retryBlockedAgain = true
      return
    }
    if !client.isConnected || server.journal.state.value.unitDepth > 0 {
      server.answer(onTimeout, reply)
      return
    }
    let names = keys.map { WatchedKeyName(database: client.databaseNumber, key: call[$0].array) }
    server.block(client, names, call, milliseconds, onTimeout)
  }
}

extension Server {
  var isRetryingBlocked: Bool { state.value.isRetryingBlocked }

  func answer(_ timeout: BlockTimeout, _ reply: Reply) {
    switch timeout {
    case .null: reply.null()
    case .nullArray: reply.nullArray()
    case .integer(let value): reply.integer(value)
    }
  }

  func block(
    _ client: Client, _ names: [WatchedKeyName], _ call: borrowing Call, _ milliseconds: Int64,
    _ onTimeout: BlockTimeout
  ) {
    guard let command = unsafe client.place.value.lastCommand else { return }
    var unique: [WatchedKeyName] = []
    for name in names where !unique.contains(name) { unique.append(name) }
    let blocked = unsafe BlockedState(
      keys: unique, command: command, arguments: OwnedArguments(copying: call), onTimeout: onTimeout)
    for name in unique {
      databaseState(name.database)?.value.waiters[name.key, default: []].append(client)
    }
    keyspace.value.awaitedKeys += unique.count
    client.session.blocked = blocked
    client.place.value.gate.insert(.blocked)
    state.value.blockedClients += 1
    if milliseconds > 0 {
      blocked.timer = timers.add(milliseconds: milliseconds) { server in
        server.unblock(client) { server.answer(blocked.onTimeout, $0) }
      }
    }
  }

  /// Ends a client's wait and has its later requests executed. `reply` writes what it is answered.
  public func unblock(_ client: Client, reply: (Reply) -> Void) {
    guard let blocked = client.place.value.session?.blocked else { return }
    reply(client.reply)
    release(client, blocked)
  }

  private func release(_ client: Client, _ blocked: BlockedState) {
    if let timer = blocked.timer { timers.cancel(timer) }
    for name in blocked.keys {
      guard let database = databaseState(name.database) else { continue }
      database.value.waiters[name.key]?.removeAll { $0 == client }
      if database.value.waiters[name.key]?.isEmpty ?? false { database.value.waiters[name.key] = nil }
    }
    keyspace.value.awaitedKeys -= blocked.keys.count
    client.place.value.session?.blocked = nil
    client.place.value.gate.remove(.blocked)
    state.value.blockedClients -= 1
    if !client.place.value.input.isEmpty { loop.deferInput(client) }
  }

  /// Clients that wait in a blocking command.
  public var blockedClients: Int { state.value.blockedClients }

  func unblockForDisconnect(_ client: Client) {
    if let blocked = client.place.value.session?.blocked { release(client, blocked) }
  }

  /// A key was added or changed: those who wait for it are served when the command is done.
  @usableFromInline
  func keyBecameReady(_ database: Place<DatabaseState>, _ key: borrowing Bytes) {
    if database.value.waiters.isEmpty { return }
    let name = key.array
    if database.value.waiters[name] == nil { return }
    state.value.readyKeys.append(ReadyKey(database: database.value.number, key: name))
  }

  /// A database got other keys all at once.
  func keysBecameReady(in database: Place<DatabaseState>) {
    for key in database.value.waiters.keys where Database(database, keyspace).containsForUpdate(key.bytes) {
      state.value.readyKeys.append(ReadyKey(database: database.value.number, key: key))
    }
  }

  /// Tries the commands of those who wait for keys that became ready, in the order in which they came.
  func serveBlocked(_ context: inout Context) {
    while !state.value.readyKeys.isEmpty {
      var ready: [ReadyKey] = []
      swap(&ready, &state.value.readyKeys)
      for key in ready {
        guard let waiters = databaseState(key.database)?.value.waiters[key.key] else { continue }
        for client in waiters {
          guard let database = database(key.database), database.containsForUpdate(key.key.bytes) else { break }
          if let blocked = client.place.value.session?.blocked { retry(client, blocked, &context) }
        }
      }
    }
  }

  private func retry(_ client: Client, _ blocked: BlockedState, _ context: inout Context) {
    context.client = client
    context.reply = client.reply
    context.db.state = client.place.value.database
    state.value.isRetryingBlocked = true
    state.value.retryBlockedAgain = false
    unsafe execute(blocked.command, blocked.arguments.call, Bytes(""), &context)
    state.value.isRetryingBlocked = false
    if !state.value.retryBlockedAgain { release(client, blocked) }
  }
}
