// Unsafe: tokens of the poller are addresses of client states, which are freed at the end of a tick only.

import Containers

extension EventLoop {
  /// Runs until a shutdown is done.
  func run() -> Never {
    while true { tick() }
  }

  /// One turn: connections are read and parsed into a batch, the batch is executed, timers run, the journal is handed
  /// over, replies are sent. A batch that is full is executed before more is read.
  func tick(waitingAtMost limit: Int32 = -1) {
    let server = self.server
    let longestWait = server.snapshotWillWait() ?? limit
    var timeout: Int32 = state.value.pendingInput.isEmpty && limit != 0 ? longestWait : 0
    if timeout != 0, let next = server.timers.untilNext {
      timeout = timeout < 0 ? Int32(clamping: next) : min(timeout, Int32(clamping: next))
    }
    let count = poller.wait(milliseconds: timeout)
    server.updateTime()
    state.value.batch.unixSeconds = server.state.value.unixSeconds
    state.value.ticks &+= 1
    server.snapshotTickBegan(hasInput: count > 0 || !state.value.pendingInput.isEmpty)
    if !state.value.pendingInput.isEmpty {
      var clients: [Client] = []
      swap(&clients, &state.value.pendingInput)
      for client in clients { resumeInput(client) }
    }
    for index in 0..<count { handle(poller[index], server) }
    executeBatch()
    server.timers.run(server)
    finishTick(server)
  }

  /// What comes after all commands of a tick, in this order: nothing is answered before it is journaled.
  func finishTick(_ server: Server) {
    if !server.blocking.state.value.ready.isEmpty {
      var context = server.makeContext()
      server.serveBlocked(&context)
    }
    server.advanceSnapshot()
    for listener in server.journal.state.value.listeners { listener.flush() }
    writeOutput()
    server.clientEviction.evict(server)
    server.closeScheduled()
    server.shutdownIfRequested()
  }

  private func handle(_ event: (token: UInt64, events: DescriptorEvents), _ server: Server) {
    if event.token & 1 == 1 {
      if let watch = state.value.watches[event.token] { watch.body(event.events, server) }
      return
    }
    guard let address = unsafe UnsafeMutablePointer<ClientState>(bitPattern: UInt(event.token)) else { return }
    let client = Client(unsafe Place(at: address))
    if client.place.value.isFreed { return }
    // At the end of the tick, as all else: what this tick's commands reply may not be journaled yet.
    if event.events.contains(.writable) && client.place.value.connection.awaitsWritable {
      state.value.scheduledOutput.append(client)
    }
    if !event.events.isDisjoint(with: [.readable, .failed, .hungUp]) { read(client) }
  }
}
