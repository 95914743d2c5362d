// Unsafe: the poller's tokens; see EventLoop+Tick.swift.

import Containers

extension EventLoop {
  /// Gives the client a buffer and has it written to at the end of the tick.
  func scheduleOutput(_ client: Client) {
    let place = client.place
    place.value.output.isScheduled = true
    if place.value.output.buffer.capacity == 0 {
      if !state.value.bufferPool.isEmpty {
        place.value.output.buffer = state.value.bufferPool.removeLast()
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
    let usesThreads = state.value.threadUse.isPossible, amongMany = threadsSend(outputsOf: clients.count)
    for client in clients {
      client.place.value.output.isScheduled = false
      if client.place.value.isFreed { continue }
      // A client that is closed at once, for too much output perhaps, gets nothing more.
      if client.place.value.gate.contains(.closing) && !client.place.value.closesAfterReply { continue }
      // What a thread is sending of it comes back first.
      if !client.isConnected || client.place.value.isSending { continue }
      if usesThreads && isForThread(client, amongMany: amongMany) {
        state.value.toSend.append(client)
      } else {
        write(client)
      }
    }
    handOverOutputs()
    if state.value.scheduledOutput.isEmpty {
      clients.removeAll(keepingCapacity: true)
      swap(&clients, &state.value.scheduledOutput)
    }
  }

  /// Sends as much as the connection takes; the rest when it can be written again.
  func write(_ client: Client) {
    let place = client.place
    if !sendUnsent(client) { return }
    let hasSource = place.value.gate.contains(.hasSource)
    if hasSource && place.value.output.pending > 0 && refusesReply(client) { return }
    let outcome = place.value.connection.transport.sendAll(&place.value.output)
    if outcome.calls > 0 { noteSent(outcome.bytes, calls: outcome.calls, to: client) }
    if let error = outcome.error { return writingFailed(client, error) }
    if place.value.output.pending == 0 {
      if hasSource && !writeSource(client) {
        server.checkOutputLimit(client)
        return waitForRoomAgain(client)
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
  func waitForRoom(_ client: Client) {
    client.place.value.output.isScheduled = true
    watchWritable(client, true)
  }

  /// As `waitForRoom`, where there may be room already, and that has been told.
  func waitForRoomAgain(_ client: Client) {
    waitForRoom(client)
    watch(client)
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

  func finishOutput(_ client: Client) {
    let place = client.place
    place.value.output.didSendAll()
    place.value.output.isScheduled = false
    if place.value.output.buffer.capacity > OutputBuffer.pooledCapacity { noteBuffers(client) }
    recycle(&place.value.output.buffer)
    watchWritable(client, false)
    if place.value.closesAfterReply { server.scheduleClose(client) }
  }

  /// Empties a buffer, and keeps its memory for the next client if it is of the usual size.
  func recycle(_ buffer: inout ByteBuffer) {
    if buffer.capacity > 0 && buffer.capacity <= OutputBuffer.pooledCapacity && !state.value.bufferPool.isFull {
      buffer.removeAll()
      var taken = ByteBuffer()
      swap(&taken, &buffer)
      state.value.bufferPool.append(taken)
    } else {
      buffer.removeAll(keepingCapacityUpTo: 0)
    }
  }

  private func watchWritable(_ client: Client, _ wanted: Bool) {
    let place = client.place
    if place.value.readiness.awaitsWritable == wanted { return }
    place.value.readiness.awaitsWritable = wanted
    watch(client)
  }

  private func watch(_ client: Client) {
    let place = client.place
    let events = place.value.readiness.awaitsWritable ? Readiness.watched.union(.writable) : Readiness.watched
    poller.modify(place.value.connection.transport.descriptor, events, token: token(client))
  }

  /// The client has a buffer of its own, which INFO shows if it is the largest.
  func noteBuffers(_ client: Client) {
    server.clientTable.bufferPeaks.note(client, second: server.state.value.unixSeconds)
  }

  func token(_ client: Client) -> UInt64 { unsafe UInt64(UInt(bitPattern: client.place.address)) }
}
