// Unsafe: see RequestBatch.swift.

import Containers

extension EventLoop {
  /// Executes the batch in order, window by window, each after what it will read was fetched.
  func executeBatch() {
    let server = self.server
    server.statistics.traffic.value.add(state.value.batch.traffic)
    state.value.batch.traffic = Statistics.Traffic()
    let total = state.value.batch.requests.count
    if total > 0 {
      for string in state.value.batch.parser.large { server.keyspace.value.lentStrings.hold(string) }
      server.clientEviction.evict(server)
      state.value.isExecuting = true
      defer { state.value.isExecuting = false }
      var context = server.makeContext()
      var fetched = 0
      for index in 0..<total {
        if index == fetched {
          fetched += prefetch(index..<min(index + EventLoop.window, total), server)
          context.stamp = Clock.ticks()
        }
        state.value.current = index
        unsafe execute(index, server, &context)
      }
      server.keyspace.value.prehashedKey = 0
      state.value.batch.requests.removeAll(keepingCapacity: true)
    }
    for client in state.value.batch.clients { finish(client) }
    state.value.batch.removeAll()
  }

  /// Fetches what the first of these requests will read; of how many.
  private func prefetch(_ range: Range<Int>, _ server: Server) -> Int {
    let prefetch = unsafe Prefetch(server.keyspace, UnsafePointer(state.value.batch.parser.arguments))
    return unsafe state.value.batch.requests.withUnsafeMutableBufferPointer { requests in
      unsafe prefetch.run(UnsafeMutableBufferPointer(rebasing: requests[range]))
    }
  }

  @unsafe
  func execute(_ index: Int, _ server: Server, _ context: inout Context) {
    let request = state.value.batch.requests[index]
    if request.isDone { return }
    let place = request.client.place
    if !place.value.gate.isDisjoint(with: [.closing, .blocked]) || place.value.connection.hasPostponed {
      place.value.connection.hasPostponed = true
      return
    }
    let call = unsafe Call(
      UnsafePointer(state.value.batch.parser.arguments) + request.firstArgument, count: request.argumentCount)
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
      unsafe place.value.connection.chunk.executedTo = UInt(bitPattern: request.end)
    } else {
      place.value.connection.hasPostponed = true
    }
  }

  /// Keeps what of a client's input was not executed, and sees to how that ended.
  func finish(_ client: Client) {
    let place = client.place
    place.value.connection.isInBatch = false
    if place.value.isFreed { return }
    if !place.value.connection.hasPostponed {
      place.value.connection.chunk.executedTo = place.value.connection.chunk.parsedTo
    }
    let isObeyed = place.value.gate.contains(.obeyed)
    if isObeyed { tellSource(client) }
    if place.value.gate.contains(.closing) {
      place.value.connection.dropInput()
      return listIfUnread(client)
    }
    if !place.value.connection.input.isEmpty { noteBuffers(client) }
    place.value.connection.keepUnexecuted(isObeyed: isObeyed)
    if !place.value.connection.input.isEmpty { keepInput(client) }
    if let end = place.value.connection.end { inputDidEnd(client, end) }
    listIfUnread(client)
    server.clientEviction.update(client)
  }

  /// Sees to what is left of a client's input.
  private func keepInput(_ client: Client) {
    noteBuffers(client)
    // What it waited for may have come about within this batch.
    if client.place.value.connection.hasPostponed && !client.place.value.gate.contains(.blocked) { deferInput(client) }
    if !client.place.value.readiness.hasPendingInput { checkInputLimit(client) }
  }
}
