// Unsafe: memory for pooled buffers, and the poller's tokens; see EventLoop.swift and EventLoop+Tick.swift.

import Containers

extension EventLoop {
  /// Gives the client a buffer and has it written to at the end of the tick.
  func scheduleOutput(_ client: Client) {
    let place = client.place
    place.value.output.isScheduled = true
    if place.value.output.buffer.capacity == 0 {
      if state.value.pooledCount > 0 {
        state.value.pooledCount -= 1
        place.value.output.buffer = unsafe (state.value.bufferPool + state.value.pooledCount).move()
      } else {
        place.value.output.buffer.reserve(OutputBuffer.pooledCapacity)
      }
    }
    state.value.scheduledOutput.append(client)
  }

  /// Writes to all clients that have something to get.
  func writeOutput() {
    if state.value.scheduledOutput.isEmpty { return }
    var clients: [Client] = []
    swap(&clients, &state.value.scheduledOutput)
    for client in clients {
      client.place.value.output.isScheduled = false
      if client.place.value.isFreed { continue }
      // A client that is closed at once, for too much output perhaps, gets nothing more.
      if client.place.value.gate.contains(.closing) && !client.place.value.closesAfterReply { continue }
      write(client)
    }
    if state.value.scheduledOutput.isEmpty {
      clients.removeAll(keepingCapacity: true)
      swap(&clients, &state.value.scheduledOutput)
    }
  }

  /// Sends as much as the connection takes; the rest when it can be written again.
  func write(_ client: Client) {
    let place = client.place
    if !client.isConnected { return }
    let hasSource = place.value.gate.contains(.hasSource)
    if hasSource && place.value.output.pending > 0 && refusesReply(client) { return }
    let outcome = place.value.connection.send(&place.value.output)
    if outcome.calls > 0 { noteSent(outcome.bytes, calls: outcome.calls, to: client) }
    if let error = outcome.error { return writingFailed(client, error) }
    if place.value.output.pending == 0 {
      if hasSource && !writeSource(client) {
        server.checkOutputLimit(client)
        waitForRoom(client)
        return
      }
      finishOutput(client)
    } else {
      noteBuffers(client)
      server.checkOutputLimit(client)
      place.value.output.releaseSent()
      waitForRoom(client)
    }
    server.clientEviction.update(client)
  }

  /// The connection takes no more now. Replies written meanwhile wait for it, too.
  private func waitForRoom(_ client: Client) {
    client.place.value.output.isScheduled = true
    watchWritable(client, true)
  }

  func writingFailed(_ client: Client, _ error: SystemError) {
    Log.verbose("Error writing to client: \(error.text)")
    server.scheduleClose(client)
  }

  func noteSent(_ count: Int, calls: Int = 1, to client: Client) {
    // Whether a command source lives shows in what it sends.
    if !client.place.value.gate.contains(.obeyed) {
      client.place.value.connection.lastInteraction = server.state.value.unixSeconds
    }
    server.statistics.traffic.value.bytesWritten += count
    server.statistics.traffic.value.writes += calls
  }

  private func finishOutput(_ client: Client) {
    let place = client.place
    place.value.output.didSendAll()
    place.value.output.isScheduled = false
    let capacity = place.value.output.buffer.capacity
    if capacity > OutputBuffer.pooledCapacity { noteBuffers(client) }
    if capacity > 0 && capacity <= OutputBuffer.pooledCapacity && state.value.pooledCount < EventLoop.poolSize {
      place.value.output.buffer.removeAll()
      var buffer = ByteBuffer()
      swap(&buffer, &place.value.output.buffer)
      unsafe (state.value.bufferPool + state.value.pooledCount).initialize(to: buffer)
      state.value.pooledCount += 1
    } else {
      place.value.output.buffer.removeAll(keepingCapacityUpTo: 0)
    }
    watchWritable(client, false)
    if place.value.closesAfterReply { server.scheduleClose(client) }
  }

  private func watchWritable(_ client: Client, _ wanted: Bool) {
    let place = client.place
    if place.value.connection.awaitsWritable == wanted { return }
    place.value.connection.awaitsWritable = wanted
    let descriptor = place.value.connection.transport.descriptor
    poller.modify(descriptor, wanted ? [.readable, .writable] : .readable, token: token(client))
  }

  /// The client has a buffer of its own, which INFO shows if it is the largest.
  func noteBuffers(_ client: Client) {
    server.clientTable.bufferPeaks.note(client, second: server.state.value.unixSeconds)
  }

  func token(_ client: Client) -> UInt64 { unsafe UInt64(UInt(bitPattern: client.place.address)) }
}
