import Containers

/// A blocked client's command that is being tried again.
struct BlockedRetry {
  /// The queue of the key that became ready.
  let queue: WaitQueue
  /// The command has to go on waiting.
  var blocksAgain = false
}

/// What is looked at for each command.
struct BlockingState: ~Copyable {
  /// Those who wait for keys that were added or changed meanwhile.
  var ready: [WaitQueue] = []
  /// Set while a blocked client's command is tried again.
  var retry: BlockedRetry?
  /// Clients that wait, those whom a pause holds back included.
  var count = 0
}

/// The clients that wait for keys in blocking commands.
final class BlockedClients {
  let state = Place(BlockingState())
  /// Where clients wait, by the number of the database.
  var queues: [Int: WaitQueues] = [:]

  /// Longer waits, of thousands of years, are cut: sums with them must not overflow.
  private static let longestBlock: Int64 = 1 << 50

  static func answer(_ timeout: BlockTimeout, _ reply: Reply) {
    switch timeout {
    case .null: reply.null()
    case .nullArray: reply.nullArray()
    case .integer(let value): reply.integer(value)
    case .written(let write): write(reply)
    }
  }

  func block(
    _ client: Client, _ call: borrowing Call, _ keys: Range<Int>, kind: UInt8, mindsLoss: Bool, _ milliseconds: Int64,
    _ onTimeout: BlockTimeout, replacing replacements: [Int: [UInt8]]
  ) {
    guard let command = client.place.value.lastCommand else { return }
    let server = client.place.value.server
    let muted = client.place.value.session?.muted
    let blocked = BlockedState(
      command, OwnedArguments(copying: call, replacing: replacements), kind: kind, mindsLoss: mindsLoss,
      onTimeout: onTimeout,
      isMuted: muted.map { $0.isOff || $0.skipsCurrent } ?? false)
    if queues.isEmpty && !keys.isEmpty { server.observeKeys(self) }
    for index in keys {
      let queue = waitQueue(client.databaseNumber, call[index], server.keyspace.value.hash(call[index]))
      // The same key given twice is waited for once; nobody came between.
      if queue.clients.last == client { continue }
      blocked.places.append((queue, queue.clients.append(client)))
      queue.kinds |= 1 << UInt64(kind)
      if mindsLoss { queue.mindsLoss = true }
    }
    client.session.blocked = blocked
    client.place.value.gate.insert(.blocked)
    state.value.count += 1
    if milliseconds > 0 {
      blocked.timer = server.timers.add(milliseconds: min(milliseconds, Self.longestBlock)) { server in
        server.blocking.unblock(client) { Self.answer(blocked.onTimeout, $0) }
      }
    }
  }

  private func waitQueue(_ database: Int, _ key: borrowing Bytes, _ hash: UInt64) -> WaitQueue {
    if let queue = queues[database]?.find(hash, key) { return queue }
    let queue = WaitQueue(database: database, key: key.array, hash: hash)
    queues[database, default: WaitQueues()].add(queue)
    return queue
  }

  /// Ends a client's wait and has its later requests executed. `reply` writes what it is answered.
  func unblock(_ client: Client, reply: (Reply) -> Void) {
    guard let blocked = client.place.value.session?.blocked else { return }
    let start = client.place.value.output.buffer.count
    reply(client.reply)
    if blocked.isMuted { client.place.value.output.takeBack(to: start) }
    release(client, blocked)
  }

  func release(_ client: Client, _ blocked: BlockedState) {
    // Too long a reply may have closed the client.
    guard client.place.value.session?.blocked === blocked else { return }
    let server = client.place.value.server
    if let timer = blocked.timer { server.timers.cancel(timer) }
    blocked.timer = nil
    for (queue, ticket) in blocked.places {
      queue.clients.remove(ticket)
      if !queue.clients.isEmpty { continue }
      queues[queue.database]?.remove(queue)
      if queues[queue.database]?.isEmpty ?? false { queues[queue.database] = nil }
    }
    if queues.isEmpty && !blocked.places.isEmpty { server.stopObservingKeys(self) }
    client.place.value.session?.blocked = nil
    client.place.value.gate.remove(.blocked)
    state.value.count -= 1
    if !client.place.value.connection.input.isEmpty { server.loop.deferInput(client) }
  }
}

extension BlockedClients: KeyspaceObserver {
  /// Those who wait for the key are served when the command is done.
  func keyDidChange(_ key: borrowing Bytes, _ change: KeyChange, in database: borrowing Database) {
    guard let queue = queues[database.number]?.find(database.shared.value.hash(key), key) else { return }
    switch change {
    case .added, .changed: becameReady(queue)
    case .adjusted: break
    case .removed, .expired, .evicted: if queue.mindsLoss { becameReady(queue) }
    }
  }

  /// Served when it has.
  func databaseWillChange(_ database: borrowing Database, _ change: DatabaseChange) {}

  /// Those who wait for keys that are there now, or are no more, are served when the command is done.
  func databaseDidChange(_ database: borrowing Database, _ change: DatabaseChange) {
    for queue in queues[database.number]?.all ?? [] {
      let key = queue.key
      // A key past its time is removed when they are served: replicas are to hear of it behind this change.
      if queue.mindsLoss || database.holds(key.bytes) { becameReady(queue) }
    }
  }

  private func becameReady(_ queue: WaitQueue) {
    if queue.isReady { return }
    queue.isReady = true
    state.value.ready.append(queue)
  }
}

extension Server {
  /// Clients that wait in a blocking command, or until a pause ends.
  public var blockedClients: Int { blocking.state.value.count }

  /// Ends a client's wait as if its time were over; false when it does not wait.
  public func unblockAsTimedOut(_ client: Client) -> Bool {
    guard let blocked = client.place.value.session?.blocked else { return false }
    blocking.unblock(client) { BlockedClients.answer(blocked.onTimeout, $0) }
    return true
  }

  /// Answers a client that waits (`Context.wait`) and has its later requests executed; nothing when it does not.
  public func resume(_ client: Client, reply: (Reply) -> Void) { blocking.unblock(client, reply: reply) }

  /// Ends a client's wait with an error; false when it does not wait.
  public func unblock(_ client: Client, error: ErrorText) -> Bool {
    guard let blocked = client.place.value.session?.blocked else { return false }
    blocked.command.value.failedCalls += 1
    blocking.unblock(client) { $0.error(error) }
    return true
  }

  /// A client that is closed waits no longer: nothing must be given to it.
  func unblockForDisconnect(_ client: Client) {
    if let blocked = client.place.value.session?.blocked { blocking.release(client, blocked) }
    pausing.forget(client, self)
  }
}
