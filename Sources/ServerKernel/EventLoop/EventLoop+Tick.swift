// Unsafe: tokens of the poller are addresses of client states, which are freed at the end of a tick only.

import Containers

extension EventLoop {
  /// Runs until a shutdown is done.
  func run() -> Never {
    Poller.wakeInTime()
    while true { tick() }
  }

  /// One turn: connections are read and parsed into a batch, the batch is executed, timers run, the journal is handed
  /// over, replies are sent. A batch that is full is executed before more is read.
  func tick(waitingAtMost limit: Int32 = -1) {
    let server = self.server
    let count = waitForInput(server, limit)
    server.updateTime()
    state.value.batch.unixSeconds = server.state.value.unixSeconds
    state.value.ticks &+= 1
    state.value.threadUse.tick(at: server.now, threads)
    server.snapshotTickBegan(hasInput: count > 0 || hasInputLeft)
    takeEvents(count)
    collectOutputs()
    notifyWatches(server)
    resumeInputs()
    readListed()
    executeBatch()
    if state.value.threadUse.isPossible { handOverReads() }
    collectInputs()
    server.timers.run(server)
    finishTick(server)
  }

  /// Returns how many descriptors have something, or none when others are not to wait for that any longer.
  private func waitForInput(_ server: Server, _ limit: Int32) -> Int {
    let pause = server.snapshotWillWait()
    if limit == 0 || hasInputLeft { return poller.wait(milliseconds: 0) }
    defer { threads.waker.didPoll() }
    if threads.outstanding > 0 && !mayWaitForEvents() { return poller.wait(milliseconds: 0) }
    let next = server.timers.untilNext
    if let pause { return next == 0 ? poller.wait(milliseconds: 0) : poller.wait(nanoseconds: pause) }
    guard let next else { return poller.wait(milliseconds: limit) }
    return poller.wait(milliseconds: limit < 0 ? Int32(clamping: next) : min(limit, Int32(clamping: next)))
  }

  /// Whether nothing that threads do has to be seen to first. While all of them read, nothing could be done about
  /// events: they gather until one is done with that, so that the busier the server, the more are seen to together.
  private func mayWaitForEvents() -> Bool {
    if state.value.threadUse.isReading && !threads.canRead {
      threads.waker.waitForJob { threads.haveReturned }
      return false
    }
    threads.waker.willPoll(hasOutputs: !state.value.scheduledOutput.isEmpty)
    return !threads.haveReturned
  }

  /// Whether an earlier tick has left input to go on with.
  private var hasInputLeft: Bool {
    if !state.value.pendingInput.isEmpty || !state.value.unread.isEmpty { return true }
    // What threads are to do waits until one has room for it. Without threads nothing does.
    if !state.value.toRead.isEmpty && (threads.canRead || !threads.exist) { return true }
    return !state.value.scheduledOutput.isEmpty && (threads.canSend || !threads.exist)
  }

  /// What comes after all commands of a tick, in this order: nothing is answered before it is journaled.
  func finishTick(_ server: Server) {
    if !server.blocking.state.value.ready.isEmpty {
      var context = server.makeContext()
      server.serveBlocked(&context)
    }
    server.advanceSnapshot()
    for listener in server.journal.state.value.listeners { listener.flush() }
    // Who is told that a client was disconnected finds it disconnected.
    server.closeScheduled()
    writeOutput()
    server.clientEviction.evict(server)
    server.closeScheduled()
    server.shutdownIfRequested()
  }

  /// Notes all that the poller told, before anything is done about it: a turn within this one asks the poller, too.
  private func takeEvents(_ count: Int) {
    for index in 0..<count {
      let event = poller[index]
      if event.token & 1 == 1 {
        state.value.watchEvents.append(event)
        continue
      }
      guard let client = client(event.token) else { continue }
      // At the end of the tick, as all else: what this tick's commands reply may not be journaled yet.
      if event.events.contains(.writable) && client.place.value.readiness.awaitsWritable {
        state.value.scheduledOutput.append(client)
      }
      if event.events == .writable { continue }
      note(event.events, about: client)
      listIfUnread(client)
    }
  }

  /// The client of a token, which is not odd; nil when it is going.
  func client(_ token: UInt64) -> Client? {
    guard let address = unsafe UnsafeMutablePointer<ClientState>(bitPattern: UInt(token)) else { return nil }
    let client = Client(unsafe Place(at: address))
    return client.place.value.isFreed ? nil : client
  }

  /// Calls those who watch descriptors of their own.
  private func notifyWatches(_ server: Server) {
    if state.value.watchEvents.isEmpty { return }
    var events: [(token: UInt64, events: DescriptorEvents)] = []
    swap(&events, &state.value.watchEvents)
    for event in events {
      if let watch = state.value.watches[event.token] { watch.body(event.events, server) }
    }
    events.removeAll(keepingCapacity: true)
    if state.value.watchEvents.isEmpty { swap(&events, &state.value.watchEvents) }
  }
}
