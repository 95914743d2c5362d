// Unsafe: see EventLoop.swift.

import CLinux
import Containers
import Glibc

extension EventLoop {
  /// Executes the batch in order, window by window, each after what it will read was fetched.
  func executeBatch() {
    let total = state.value.requests.count
    if total > 0 {
      let server = self.server
      server.clientEviction.evict(server)
      state.value.isExecuting = true
      defer { state.value.isExecuting = false }
      var context = server.makeContext()
      var first = 0
      while first < total {
        let end = min(first + EventLoop.window, total)
        prefetch(first..<end, server)
        context.stamp = Clock.ticks()
        for index in first..<end {
          state.value.current = index
          unsafe execute(index, server, &context)
        }
        first = end
      }
      server.keyspace.value.prehashedKey = 0
      state.value.requests.removeAll(keepingCapacity: true)
    }
    finishBatch()
  }

  private func prefetch(_ range: Range<Int>, _ server: Server) {
    let prefetch = unsafe Prefetch(server.keyspace, UnsafePointer(state.value.parser.arguments))
    unsafe state.value.requests.withUnsafeMutableBufferPointer { requests in
      unsafe prefetch.run(UnsafeMutableBufferPointer(rebasing: requests[range]))
    }
  }

  @unsafe
  func execute(_ index: Int, _ server: Server, _ context: inout Context) {
    let request = state.value.requests[index]
    if request.isDone { return }
    let place = request.client.place
    if !place.value.gate.isDisjoint(with: [.closing, .blocked]) || place.value.hasPostponed {
      place.value.hasPostponed = true
      return
    }
    let call = unsafe Call(
      UnsafePointer(state.value.parser.arguments) + request.firstArgument, count: request.argumentCount)
    if request.hash != 0, let command = request.command {
      server.keyspace.value.prehashedKey = unsafe UInt(bitPattern: call[command.value.firstKey].baseAddress)
      server.keyspace.value.prehash = request.hash
    }
    context.client = request.client
    context.reply = Reply(place)
    context.db.state = place.value.database
    let raw = unsafe Bytes(unsafeStart: request.start, count: request.isMultibulk ? request.end - request.start : 0)
    if place.value.gate.contains(.obeyed) {
      unsafe obey(index, call, raw, &context)
    } else if server.process(request.command, call, raw, &context) {
      unsafe place.value.executedTo = UInt(bitPattern: request.end)
    } else {
      place.value.hasPostponed = true
    }
  }

  private func finishBatch() {
    for client in state.value.batchClients { finish(client) }
    state.value.batchClients.removeAll(keepingCapacity: true)
    state.value.parser.reset()
    state.value.arenaUsed = 0
  }

  /// Keeps what of a client's input was not executed: requests that were put off, and the beginning of one that is
  /// still arriving.
  func finish(_ client: Client) {
    let place = client.place
    place.value.isInBatch = false
    if place.value.isFreed { return }
    if !place.value.hasPostponed { place.value.executedTo = place.value.parsedTo }
    if place.value.gate.contains(.obeyed) { tellSource(client) }
    let start = place.value.chunkStart, done = place.value.executedTo
    let end = collectLarge(place)
    place.value.chunkStart = 0
    place.value.chunkEnd = 0
    if place.value.gate.contains(.closing) {
      place.value.partial = nil
      place.value.input.removeAll()
      return
    }
    if let partial = place.value.partial {
      // Executed, unless it was put off.
      if partial.isComplete && Int(done - start) > partial.start { place.value.partial = nil }
      partial.start -= Int(done - start)
    }
    if unsafe !place.value.input.isEmpty && UInt(bitPattern: place.value.input.start) == start {
      noteBuffers(client)
      place.value.input.removeFirst(Int(done - start))
    } else if done < end {
      let rest = unsafe Bytes(
        unsafeStart: UnsafeRawPointer(bitPattern: done).unsafelyUnwrapped, count: Int(end - done))
      place.value.input.append(rest)
      noteBuffers(client)
    }
    if !place.value.input.isEmpty { keepInput(client) }
    server.clientEviction.update(client)
  }

  /// Gives a large argument that is arriving memory of its own, and moves there what has come of it. Returns where the
  /// rest of the chunk ends.
  private func collectLarge(_ place: Place<ClientState>) -> UInt {
    let end = place.value.chunkEnd
    // A command source is told the bytes of its requests, so they stay in one piece.
    if place.value.gate.contains(.obeyed) { return end }
    place.value.sendsLarge = place.value.partial != nil
    guard let partial = place.value.partial, partial.needsMemory else { return end }
    let start = place.value.chunkStart + UInt(partial.start + partial.offset)
    let address = unsafe UnsafeRawPointer(bitPattern: start).unsafelyUnwrapped
    let arrived = unsafe Bytes(unsafeStart: address, count: Int(end - start))
    partial.beginCollecting(arrived)
    if unsafe UInt(bitPattern: place.value.input.start) == place.value.chunkStart {
      place.value.input.removeLast(arrived.count)
    }
    return start
  }

  /// Sees to what is left of a client's input.
  private func keepInput(_ client: Client) {
    // What it waited for may have come about within this batch.
    if client.place.value.hasPostponed && !client.place.value.gate.contains(.blocked) { deferInput(client) }
    if !client.place.value.hasPendingInput { checkInputLimit(client) }
  }
}
