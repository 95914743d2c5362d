// Unsafe: command entries are addressed directly; they are never freed.

import Containers

/// A blocked client's command that is being tried again.
struct BlockedRetry {
  /// The queue of the key that became ready.
  let queue: WaitQueue
  /// The command has to go on waiting.
  var blocksAgain = false
}

extension Server {
  /// A key was added, changed or removed: those who wait for it are served when the command is done.
  @usableFromInline
  func keyBecameReady(_ database: Place<DatabaseState>, _ key: borrowing Bytes) {
    if database.value.waiters.isEmpty { return }
    if let queue = database.value.waiters.find(keyspace.value.hash(key), key) { becameReady(queue) }
  }

  /// A database got other keys all at once, or lost them.
  func keysBecameReady(in database: Place<DatabaseState>) {
    if database.value.waiters.isEmpty { return }
    for queue in database.value.waiters.all {
      let key = queue.key
      if keyspace.value.awaitedRemovals > 0 || Database(database, keyspace).containsForUpdate(key.bytes) {
        becameReady(queue)
      }
    }
  }

  private func becameReady(_ queue: WaitQueue) {
    if queue.isReady { return }
    queue.isReady = true
    state.value.readyKeys.append(queue)
  }

  /// Tries the commands of those who wait for keys that became ready: key by key in the order in which they did, and
  /// of each key in the order in which the clients came. That may make other keys ready, which follow.
  @inline(never)
  func serveBlocked(_ context: inout Context) {
    let client = context.client
    let reply = context.reply
    let database = context.db.state
    while !state.value.readyKeys.isEmpty {
      var ready: [WaitQueue] = []
      swap(&ready, &state.value.readyKeys)
      for queue in ready {
        queue.isReady = false
        serve(queue, &context)
      }
    }
    context.client = client
    context.reply = reply
    context.db.state = database
  }

  private func serve(_ queue: WaitQueue, _ context: inout Context) {
    guard let database = database(queue.database) else { return }
    let key = queue.key
    var ticket: UInt64 = 0
    while let next = queue.clients.next(after: ticket) {
      ticket = next.ticket
      guard let blocked = next.client.place.value.session?.blocked else { continue }
      // Nothing may be left, or a value of another type be there by now.
      if let kind = database.kindNumber(key.bytes), queue.kinds >> UInt64(kind) & 1 == 1, kind == blocked.kind {
        retry(next.client, blocked, queue, &context)
      } else if let error = blocked.onRemoval {
        _ = unblock(next.client, error: ErrorText(error))
      } else if keyspace.value.awaitedRemovals == 0 && database.kindNumber(key.bytes) == nil {
        return
      }
    }
  }

  private func retry(_ client: Client, _ blocked: BlockedState, _ queue: WaitQueue, _ context: inout Context) {
    let start = client.place.value.output.buffer.count
    context.client = client
    context.reply = client.reply
    context.db.state = client.place.value.database
    state.value.retry = BlockedRetry(queue: queue)
    unsafe executeAgain(blocked.command, blocked.arguments.call, &context)
    let blocksAgain = state.value.retry?.blocksAgain ?? false
    state.value.retry = nil
    if blocksAgain { return }
    if blocked.isMuted { client.place.value.output.takeBack(to: start) }
    release(client, blocked)
  }

  /// As `execute`, for a call that was counted when it blocked.
  @unsafe
  private func executeAgain(
    _ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ context: inout Context
  ) {
    let start = Clock.ticks()
    let dirty = keyspace.value.dirty
    unsafe run(entry, call, &context)
    let duration = Clock.ticks() &- start
    unsafe entry.pointee.ticks &+= duration
    recordLatency("command-unblocking", milliseconds: state.value.tickRate.microseconds(duration) / 1000)
    _ = propagateEffect(call, Bytes(""), since: dirty, &context)
  }
}
