// Unsafe: command entries are addressed directly; they are never freed.

import Containers

/// A client that waits: in the queues of some keys, with a command to try again, until a time.
@safe
final class BlockedState {
  let command: UnsafeMutablePointer<CommandEntry>
  let arguments: OwnedArguments
  /// The kind of value that the client waits for.
  let kind: UInt8
  let onTimeout: BlockTimeout
  /// What the client is told when a key loses its value of that kind; nil when it goes on waiting.
  let onRemoval: StaticString?
  /// Its replies are withheld (CLIENT REPLY).
  let isMuted: Bool
  var places: [(queue: WaitQueue, ticket: UInt64)] = []
  var timer: Timers.Timer?

  init(
    _ command: UnsafeMutablePointer<CommandEntry>, _ arguments: OwnedArguments, kind: UInt8, onTimeout: BlockTimeout,
    onRemoval: StaticString?, isMuted: Bool
  ) {
    unsafe self.command = command
    self.arguments = arguments
    self.kind = kind
    self.onTimeout = onTimeout
    self.onRemoval = onRemoval
    self.isMuted = isMuted
  }
}

extension Server {
  /// Clients that wait in a blocking command, or until a pause ends.
  public var blockedClients: Int { state.value.blockedClients }

  /// Longer waits, of thousands of years, are cut: sums with them must not overflow.
  private static var longestBlock: Int64 { 1 << 50 }

  func answer(_ timeout: BlockTimeout, _ reply: Reply) {
    switch timeout {
    case .null: reply.null()
    case .nullArray: reply.nullArray()
    case .integer(let value): reply.integer(value)
    }
  }

  func block(
    _ client: Client, _ call: borrowing Call, _ keys: Range<Int>, kind: UInt8, _ milliseconds: Int64,
    _ onTimeout: BlockTimeout, onRemoval: StaticString?, replacing replacements: [Int: [UInt8]]
  ) {
    guard let command = unsafe client.place.value.lastCommand else { return }
    let muted = client.place.value.session?.muted
    let blocked = unsafe BlockedState(
      command, OwnedArguments(copying: call, replacing: replacements), kind: kind, onTimeout: onTimeout,
      onRemoval: onRemoval,
      isMuted: muted.map { $0.isOff || $0.skipsCurrent } ?? false)
    for index in keys {
      let queue = waitQueue(client.place.value.database, call[index])
      // The same key given twice is waited for once; nobody came between.
      if queue.clients.last == client { continue }
      blocked.places.append((queue, queue.clients.append(client)))
      queue.kinds |= 1 << UInt64(kind)
    }
    keyspace.value.awaitedKeys += blocked.places.count
    if onRemoval != nil { keyspace.value.awaitedRemovals += 1 }
    client.session.blocked = blocked
    client.place.value.gate.insert(.blocked)
    state.value.blockedClients += 1
    if milliseconds > 0 {
      blocked.timer = timers.add(milliseconds: min(milliseconds, Self.longestBlock)) { server in
        server.unblock(client) { server.answer(blocked.onTimeout, $0) }
      }
    }
  }

  private func waitQueue(_ database: Place<DatabaseState>, _ key: borrowing Bytes) -> WaitQueue {
    let hash = keyspace.value.hash(key)
    if let queue = database.value.waiters.find(hash, key) { return queue }
    let queue = WaitQueue(database: database.value.number, key: key.array, hash: hash)
    database.value.waiters.add(queue)
    return queue
  }

  /// Ends a client's wait and has its later requests executed. `reply` writes what it is answered.
  public func unblock(_ client: Client, reply: (Reply) -> Void) {
    guard let blocked = client.place.value.session?.blocked else { return }
    let start = client.place.value.output.buffer.count
    reply(client.reply)
    if blocked.isMuted { client.place.value.output.takeBack(to: start) }
    release(client, blocked)
  }

  func release(_ client: Client, _ blocked: BlockedState) {
    // Too long a reply may have closed the client.
    guard client.place.value.session?.blocked === blocked else { return }
    if let timer = blocked.timer { timers.cancel(timer) }
    blocked.timer = nil
    for (queue, ticket) in blocked.places {
      queue.clients.remove(ticket)
      if queue.clients.isEmpty { databaseState(queue.database)?.value.waiters.remove(queue) }
    }
    keyspace.value.awaitedKeys -= blocked.places.count
    if blocked.onRemoval != nil { keyspace.value.awaitedRemovals -= 1 }
    client.place.value.session?.blocked = nil
    client.place.value.gate.remove(.blocked)
    state.value.blockedClients -= 1
    if !client.place.value.input.isEmpty { loop.deferInput(client) }
  }

  /// A client that is closed waits no longer: nothing must be given to it.
  func unblockForDisconnect(_ client: Client) {
    if let blocked = client.place.value.session?.blocked { release(client, blocked) }
    forgetPostponed(client)
  }
}
