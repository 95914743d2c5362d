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
      state.value.isExecuting = true
      defer { state.value.isExecuting = false }
      var context = server.makeContext()
      var first = 0
      while first < total {
        let end = min(first + EventLoop.window, total)
        prefetch(first..<end, server)
        context.stamp = Clock.ticks()
        for index in first..<end { unsafe execute(index, server, &context) }
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
  private func execute(_ index: Int, _ server: Server, _ context: inout Context) {
    let request = state.value.requests[index]
    let place = request.client.place
    if !place.value.gate.isDisjoint(with: [.closing, .blocked]) || place.value.hasPostponed {
      place.value.hasPostponed = true
      return
    }
    let call = unsafe Call(
      UnsafePointer(state.value.parser.arguments) + request.firstArgument, count: request.argumentCount)
    if request.hash != 0, let command = unsafe request.command {
      server.keyspace.value.prehashedKey = unsafe UInt(bitPattern: call[command.pointee.firstKey].baseAddress)
      server.keyspace.value.prehash = request.hash
    }
    context.client = request.client
    context.reply = Reply(place)
    context.db.state = place.value.database
    let raw = unsafe Bytes(unsafeStart: request.start, count: request.isMultibulk ? request.end - request.start : 0)
    if unsafe server.process(request.command, call, raw, &context) {
      unsafe place.value.executedTo = UInt(bitPattern: request.end)
    } else {
      place.value.hasPostponed = true
    }
  }

  /// Keeps what was not executed: requests that were put off, and the beginning of one that is still arriving.
  private func finishBatch() {
    for client in state.value.batchClients {
      let place = client.place
      place.value.isInBatch = false
      if place.value.isFreed { continue }
      if place.value.hasPostponed {
        // Parsed again when their time comes.
        place.value.partial = nil
      } else {
        place.value.executedTo = place.value.parsedTo
      }
      let start = place.value.chunkStart, done = place.value.executedTo, end = place.value.chunkEnd
      let isOwn =
        unsafe place.value.input.baseAddress.map { UInt(bitPattern: $0) } == start && !place.value.input.isEmpty
      if isOwn {
        noteBuffers(client)
        if done == end {
          place.value.input.removeAll(keepingCapacityUpTo: 0)
        } else {
          place.value.input.removeFirst(Int(done - start))
        }
      } else if done < end {
        let rest = unsafe Bytes(
          unsafeStart: UnsafeRawPointer(bitPattern: done).unsafelyUnwrapped, count: Int(end - done))
        place.value.input.append(rest)
        noteBuffers(client)
      }
      place.value.chunkStart = 0
      place.value.chunkEnd = 0
      // What it waited for came about within this batch.
      let isHeldBack = !place.value.gate.isDisjoint(with: [.closing, .blocked])
      if place.value.hasPostponed && !isHeldBack && !place.value.input.isEmpty { deferInput(client) }
    }
    state.value.batchClients.removeAll(keepingCapacity: true)
    state.value.parser.reset()
    state.value.arenaUsed = 0
  }
}
