// Unsafe: the arena is memory of its own; see EventLoop.swift.

import CLinux
import Containers

/// What belongs to the batch that is being executed, put aside while another one is. Kept for the next time: it has
/// memory of its own.
@safe
final class OuterBatch {
  private var parser = RequestParser()
  private var requests: [Request] = []
  private var batchClients: [Client] = []
  private var scheduledOutput: [Client] = []
  private var arena: UnsafeMutableRawPointer
  private var arenaUsed = 0

  init() { unsafe arena = .allocate(byteCount: EventLoop.arenaSize, alignment: 64) }

  deinit { unsafe arena.deallocate() }

  /// Exchanges it with what the loop works on.
  func exchange(with state: Place<LoopState>) {
    swap(&parser, &state.value.parser)
    swap(&requests, &state.value.requests)
    swap(&batchClients, &state.value.batchClients)
    swap(&scheduledOutput, &state.value.scheduledOutput)
    unsafe swap(&arena, &state.value.arena)
    swap(&arenaUsed, &state.value.arenaUsed)
  }
}

extension EventLoop {
  /// A turn in the midst of a command, which takes long: connections are accepted, and clients that wait for nothing
  /// of what came before that command are read and answered.
  ///
  /// Nothing else happens. Time stands still for the keyspace, timers wait, blocked clients are not served, nobody is
  /// freed, and what earlier commands replied is not sent, since it may not be journaled yet.
  func tickInside() {
    // A command in such a turn does not take long: only one at a time does.
    if state.value.isInside { return }
    state.value.isInside = true
    defer { state.value.isInside = false }
    let server = self.server
    let count = poller.wait(milliseconds: 0)
    let outer = state.value.outerBatch ?? OuterBatch()
    state.value.outerBatch = outer
    var readyKeys = server.blocking.state.value.ready
    server.blocking.state.value.ready.removeAll()
    let wasExecuting = state.value.isExecuting, current = state.value.current
    let released = wasExecuting ? releaseRequests(server) : []
    outer.exchange(with: state)
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
    state.value.scheduledOutput += released
    writeOutput()
    swap(&readyKeys, &server.blocking.state.value.ready)
    state.value.isExecuting = wasExecuting
    state.value.current = current
    outer.exchange(with: state)
    server.shutdownIfRequested()
  }

  /// Executes requests of the batch that came together with the command that takes long, of clients of which nothing
  /// was executed before: those wait for nothing but that command. Returns the clients that have an answer.
  private func releaseRequests(_ server: Server) -> [Client] {
    let current = state.value.current
    if current + 1 >= state.value.requests.count { return [] }
    let before = Set(state.value.requests[...current].map { token($0.client) })
    let scheduled = state.value.scheduledOutput.count
    var context = server.makeContext()
    var released: [Client] = []
    for index in current + 1..<state.value.requests.count {
      let client = state.value.requests[index].client
      if state.value.requests[index].isDone || before.contains(token(client)) { continue }
      if released.last.map(token) != token(client) { released.append(client) }
      unsafe execute(index, server, &context)
      state.value.requests[index].isDone = true
    }
    for client in released where client.place.value.isInBatch { finish(client) }
    state.value.batchClients.removeAll { !$0.place.value.isInBatch }
    let answered = Array(state.value.scheduledOutput[scheduled...])
    state.value.scheduledOutput.removeLast(answered.count)
    return answered
  }
}
