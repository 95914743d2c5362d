// Unsafe: C's socket interface.

import Containers
import Glibc

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

  /// Writes as much as the connection takes; the rest when it can be written again.
  func write(_ client: Client) {
    let place = client.place
    if place.value.descriptor < 0 { return }
    if place.value.output.pending > 0 && place.value.gate.contains(.hasSource) && refusesReply(client) { return }
    while place.value.output.pending > 0 {
      let count = send(place)
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EAGAIN { break }
        Log.verbose("Error writing to client: \(SystemError(code: errno).text)")
        server.scheduleClose(client)
        return
      }
      place.value.output.didSend(count)
      noteSent(count, to: client)
    }
    if place.value.output.pending == 0 {
      if place.value.gate.contains(.hasSource) && !writeSource(client) {
        server.checkOutputLimit(client)
        place.value.output.isScheduled = true
        return watchWritable(client, true)
      }
      finishOutput(client)
    } else {
      noteBuffers(client)
      server.checkOutputLimit(client)
      place.value.output.releaseSent()
      // Replies written meanwhile wait for the connection, too.
      place.value.output.isScheduled = true
      watchWritable(client, true)
    }
    server.clientEviction.update(client)
  }

  func noteSent(_ count: Int, to client: Client) {
    // Whether a command source lives shows in what it sends.
    if !client.place.value.gate.contains(.obeyed) {
      client.place.value.lastInteraction = server.state.value.unixSeconds
    }
    server.statistics.traffic.value.bytesWritten += count
    server.statistics.traffic.value.writes += 1
  }

  /// Sends what comes next of a client's output; returns how many bytes went out, or -1.
  private func send(_ place: Place<ClientState>) -> Int {
    let sent = place.value.output.sent
    if place.value.output.lentParts.isEmpty {
      let start = unsafe place.value.output.buffer.baseAddress.unsafelyUnwrapped + sent
      return unsafe Glibc.send(place.value.descriptor, start, place.value.output.pending, Int32(MSG_NOSIGNAL))
    }
    return unsafe withUnsafeTemporaryAllocation(of: iovec.self, capacity: EventLoop.partsPerWrite) { parts in
      var message = unsafe msghdr()
      unsafe message.msg_iov = parts.baseAddress
      unsafe message.msg_iovlen = place.value.output.gather(into: parts)
      return unsafe sendmsg(place.value.descriptor, &message, Int32(MSG_NOSIGNAL))
    }
  }

  private func finishOutput(_ client: Client) {
    let place = client.place
    place.value.output.sent = 0
    place.value.output.isScheduled = false
    place.value.output.overSoftLimitSince = 0
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
    if place.value.awaitsWritable == wanted { return }
    place.value.awaitsWritable = wanted
    poller.modify(place.value.descriptor, wanted ? [.readable, .writable] : .readable, token: token(client))
  }

  /// The client has a buffer of its own, which INFO shows if it is the largest.
  func noteBuffers(_ client: Client) {
    server.clientTable.bufferPeaks.note(client, second: server.state.value.unixSeconds)
  }

  func token(_ client: Client) -> UInt64 { unsafe UInt64(UInt(bitPattern: client.place.address)) }
}
