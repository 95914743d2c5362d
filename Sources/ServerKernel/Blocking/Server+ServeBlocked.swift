import Containers

extension Server {
  /// Tries the commands of those who wait for keys that became ready: key by key in the order in which they did, and
  /// of each key in the order in which the clients came. That may make other keys ready, which follow.
  @inline(never)
  func serveBlocked(_ context: inout Context) {
    let client = context.client
    let reply = context.reply
    let database = context.db.state
    while !blocking.state.value.ready.isEmpty {
      var ready: [WaitQueue] = []
      swap(&ready, &blocking.state.value.ready)
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
      // Nothing may be left, or a value of another type be there by now.
      let kind = database.kindNumber(key.bytes)
      let isAwaited = kind.map { queue.kinds >> UInt64($0) & 1 == 1 } ?? false
      guard isAwaited || queue.mindsLoss else { return }
      guard let blocked = next.client.place.value.session?.blocked, blocked.kind == kind || blocked.mindsLoss else {
        continue
      }
      retry(next.client, blocked, queue, &context)
    }
  }

  private func retry(_ client: Client, _ blocked: BlockedState, _ queue: WaitQueue, _ context: inout Context) {
    let start = client.place.value.output.buffer.count
    context.client = client
    context.reply = client.reply
    context.db.state = client.place.value.database
    blocking.state.value.retry = BlockedRetry(queue: queue)
    blocked.arguments.withCall { executeAgain(blocked.command, $0, &context) }
    let blocksAgain = blocking.state.value.retry?.blocksAgain ?? false
    blocking.state.value.retry = nil
    if blocksAgain { return }
    if blocked.isMuted { client.place.value.output.takeBack(to: start) }
    blocking.release(client, blocked)
  }

  /// As `execute`, for a call that was counted when it blocked.
  private func executeAgain(
    _ entry: CommandHandle, _ call: borrowing Call, _ context: inout Context
  ) {
    let start = Clock.ticks()
    let dirty = keyspace.value.dirty
    run(entry, call, &context)
    let duration = Clock.ticks() &- start
    entry.value.ticks &+= duration
    recordLatency("command-unblocking", milliseconds: state.value.tickRate.microseconds(duration) / 1000)
    let waitsOn = blocking.state.value.retry?.blocksAgain ?? false
    if duration >= state.value.slowTicks && !waitsOn { tookLong(entry, call, duration, context.client, .served) }
    _ = propagateEffect(call, Bytes(""), since: dirty, &context)
  }
}
