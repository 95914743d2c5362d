// Unsafe: the arena is memory of its own; see EventLoop.swift.

import CLinux
import Containers

/// What belongs to the batch that is being executed, put aside while another one is.
@safe
private struct OuterBatch: ~Copyable {
  private var parser = RequestParser()
  private var requests: [Request] = []
  private var batchClients: [Client] = []
  private var scheduledOutput: [Client] = []
  private var arena: UnsafeMutableRawPointer
  private var arenaUsed = 0

  init() { unsafe arena = .allocate(byteCount: EventLoop.arenaSize, alignment: 64) }

  deinit { unsafe arena.deallocate() }

  /// Exchanges it with what the loop works on.
  mutating func exchange(with state: Place<LoopState>) {
    swap(&parser, &state.value.parser)
    swap(&requests, &state.value.requests)
    swap(&batchClients, &state.value.batchClients)
    swap(&scheduledOutput, &state.value.scheduledOutput)
    unsafe swap(&arena, &state.value.arena)
    swap(&arenaUsed, &state.value.arenaUsed)
  }
}

extension EventLoop {
  /// A turn in the midst of a command, which takes long: connections are accepted, and clients whose requests are not
  /// in the batch of that command are read and answered.
  ///
  /// Nothing else happens. Time stands still for the keyspace, timers wait, blocked clients are not served, nobody is
  /// freed, and what earlier commands replied is not sent, since it may not be journaled yet.
  func tickInside() {
    let server = self.server
    let count = poller.wait(milliseconds: 0)
    if count == 0 { return }
    var outer = OuterBatch()
    outer.exchange(with: state)
    let wasExecuting = state.value.isExecuting
    var readyKeys = server.blocking.state.value.ready
    server.blocking.state.value.ready.removeAll()
    for index in 0..<count {
      let (token, events) = poller[index]
      if token & 1 == 1 {
        if let watch = state.value.watches[token], watch.worksAmidCommands { watch.body(events, server) }
        continue
      }
      guard let address = unsafe UnsafeMutablePointer<ClientState>(bitPattern: UInt(token)) else { continue }
      let client = Client(unsafe Place(at: address))
      let place = client.place
      if place.value.isFreed || place.value.isInBatch || place.value.gate.contains(.closing) { continue }
      if !events.isDisjoint(with: [.readable, .failed, .hungUp]) { read(client) }
    }
    executeBatch()
    writeOutput()
    swap(&readyKeys, &server.blocking.state.value.ready)
    state.value.isExecuting = wasExecuting
    outer.exchange(with: state)
    server.shutdownIfRequested()
  }
}
