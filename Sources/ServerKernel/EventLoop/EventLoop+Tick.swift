// Unsafe: tokens of the poller are addresses of client states, which are freed at the end of a tick only.

import CLinux
import Containers
import Glibc

extension EventLoop {
  /// Runs until a shutdown is done.
  func run() -> Never {
    while true { tick() }
  }

  /// One turn: read and parse what arrived, execute it in batches, run timers, hand the journal over, write replies.
  func tick(waitingAtMost limit: Int32 = -1) {
    let server = self.server
    let longestWait = server.snapshotWillWait() ?? limit
    var timeout: Int32 = state.value.pendingInput.isEmpty && limit != 0 ? longestWait : 0
    if timeout != 0, let next = server.timers.untilNext {
      timeout = timeout < 0 ? Int32(clamping: next) : min(timeout, Int32(clamping: next))
    }
    let count = poller.wait(milliseconds: timeout)
    server.updateTime()
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
    if !server.state.value.readyKeys.isEmpty {
      var context = server.makeContext()
      server.serveBlocked(&context)
    }
    server.advanceSnapshot()
    for listener in server.journal.state.value.listeners { listener.flush() }
    writeOutput()
    server.closeScheduled()
    server.shutdownIfRequested()
  }

  private func handle(_ event: (token: UInt64, events: Poller.Events), _ server: Server) {
    switch event.token {
    case Mailbox.token: server.mailbox.receive(server)
    case Listeners.tcpToken: for socket in listeners.tcp { acceptAll(socket.descriptor, isUnixSocket: false, server) }
    case Listeners.unixToken: if let fd = listeners.unix { acceptAll(fd, isUnixSocket: true, server) }
    case SignalToken.value: server.signalArrived()
    default:
      guard let address = unsafe UnsafeMutablePointer<ClientState>(bitPattern: UInt(event.token)) else { return }
      let client = Client(unsafe Place(at: address))
      if client.place.value.isFreed { return }
      // At the end of the tick, as all else: what this tick's commands reply may not be journaled yet.
      if event.events.contains(.writable) && client.place.value.awaitsWritable {
        state.value.scheduledOutput.append(client)
      }
      if !event.events.isDisjoint(with: [.readable, .failed, .hungUp]) { read(client) }
    }
  }

  private func acceptAll(_ listener: Int32, isUnixSocket: Bool, _ server: Server) {
    // Bounded, so that a flood of connections does not keep those that are served waiting.
    do throws(SystemError) {
      for _ in 0..<1000 {
        guard let fd = try Sockets.accept(listener) else { return }
        server.accept(fd, isUnixSocket: isUnixSocket)
      }
    } catch {
      // The connection goes on waiting, and would be told of again at once.
      Log.warning("Accepting client connection: \(error.text)")
      listeners.pause(self)
      server.timers.add(milliseconds: 100) { server in server.loop.listeners.resume(server.loop) }
    }
  }
}

/// The poller's token of the descriptor that tells of signals.
enum SignalToken { static let value: UInt64 = 4 }
