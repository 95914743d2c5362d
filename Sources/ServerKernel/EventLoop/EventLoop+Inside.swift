// Unsafe: requests are executed where they lie; see RequestBatch.swift.

import Containers

/// What belongs to the batch that is being executed, put aside while another one is. Kept for the next time: it has
/// memory of its own.
final class OuterBatch {
  private var batch: RequestBatch
  private var scheduledOutput: [Client] = []

  init(_ commands: CommandTable) { batch = RequestBatch(commands) }

  /// Exchanges it with what the loop works on.
  func exchange(with state: Place<LoopState>) {
    swap(&batch, &state.value.batch)
    swap(&scheduledOutput, &state.value.scheduledOutput)
  }
}

extension EventLoop {
  /// A turn in the midst of a command, which takes long: connections are accepted, and clients other than the one that
  /// sent that command are read and answered.
  ///
  /// Nothing else happens. Time stands still for the keyspace, timers wait, blocked clients are not served, nobody is
  /// freed. What earlier commands replied is sent only where it can be journaled before.
  func tickInside() {
    // A command in such a turn does not take long: only one at a time does.
    if state.value.isInside { return }
    state.value.isInside = true
    defer { state.value.isInside = false }
    let server = self.server
    let count = poller.wait(milliseconds: 0)
    let outer = state.value.outerBatch ?? OuterBatch(server.commands)
    state.value.outerBatch = outer
    var readyKeys = server.blocking.state.value.ready
    server.blocking.state.value.ready.removeAll()
    let wasExecuting = state.value.isExecuting, current = state.value.current
    let answered = wasExecuting ? releaseRequests(server) : []
    outer.exchange(with: state)
    state.value.batch.unixSeconds = server.state.value.unixSeconds
    var readable = takeUnread() + state.value.toRead, writable: [Client] = []
    state.value.toRead.removeAll(keepingCapacity: true)
    for index in 0..<count {
      let (token, events) = poller[index]
      if token & 1 == 1 {
        if let watch = state.value.watches[token], watch.worksAmidCommands { watch.body(events, server) }
        continue
      }
      guard let client = client(token) else { continue }
      if events.contains(.writable) && client.place.value.readiness.awaitsWritable {
        writable.append(client)
      }
      if events == .writable { continue }
      note(events, about: client)
      readable.append(client)
    }
    for client in readable {
      // Who has a request in the outer batch is listed when that is done, the others for the next tick.
      let waits = !client.place.value.gate.isDisjoint(with: [.closing, .obeyed])
      if waits { listIfUnread(client) } else if !client.place.value.connection.isInBatch { readHere(client) }
    }
    executeBatch()
    collectOutputs()
    collectInputs()
    state.value.scheduledOutput += answered
    writeOutput()
    swap(&readyKeys, &server.blocking.state.value.ready)
    state.value.isExecuting = wasExecuting
    state.value.current = current
    outer.exchange(with: state)
    // What they have to get may not be journaled yet.
    state.value.scheduledOutput += writable
    server.shutdownIfRequested()
  }

  /// Executes what stands in the batch behind the command that takes long: those clients wait for nothing of it.
  /// Returns the clients that can have their replies now, and are not scheduled to get them at the end of the tick.
  ///
  /// A reply of an earlier command is sent after that was journaled. Where the running command is in the midst of a
  /// unit of the journal that has to wait, and so have all clients with such replies.
  private func releaseRequests(_ server: Server) -> [Client] {
    let running = token(state.value.batch.requests[state.value.current].client)
    let mayFlush = !server.journal.state.value.unitIsOpen
    if mayFlush { for listener in server.journal.state.value.listeners { listener.flush() } }
    var scheduled = state.value.scheduledOutput
    state.value.scheduledOutput.removeAll()
    var context = server.makeContext()
    var waiting: Set = [running]
    var last = running
    for index in state.value.current + 1..<max(state.value.current + 1, state.value.batch.requests.count) {
      let client = state.value.batch.requests[index].client
      if state.value.batch.requests[index].isDone || waiting.contains(token(client)) { continue }
      // What a command source sends is never refused, so it waits until the command is done.
      let isObeyed = client.place.value.gate.contains(.obeyed)
      if isObeyed || last != token(client) && !mayFlush && client.place.value.output.isScheduled {
        waiting.insert(token(client))
        continue
      }
      last = token(client)
      unsafe execute(index, server, &context)
      state.value.batch.requests[index].isDone = true
    }
    for client in state.value.batch.clients where !waiting.contains(token(client)) { finish(client) }
    state.value.batch.clients.removeAll { !$0.place.value.connection.isInBatch }
    swap(&scheduled, &state.value.scheduledOutput)
    let answered = scheduled + (mayFlush ? state.value.scheduledOutput.filter { token($0) != running } : [])
    if mayFlush { state.value.scheduledOutput.removeAll { token($0) != running } }
    return answered
  }
}
