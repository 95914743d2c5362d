// Unsafe: see EventLoop.swift.

import CLinux
import Containers
import Glibc

extension EventLoop {
  /// Reads what has arrived for a client and parses it.
  func read(_ client: Client) {
    let server = self.server
    let place = client.place
    if place.value.gate.contains(.closing) || place.value.isFreed { return }
    if place.value.isInBatch { executeBatch() }
    // What arrives for a client that waits is kept until it goes on.
    let isWaiting = place.value.gate.contains(.blocked)
    if place.value.input.isEmpty && place.value.partial == nil && !isWaiting {
      if state.value.arenaUsed + EventLoop.readSize > EventLoop.arenaSize { executeBatch() }
      let start = unsafe state.value.arena + state.value.arenaUsed
      let count = unsafe Glibc.read(place.value.descriptor, start, EventLoop.readSize)
      guard accept(count, from: client) else { return }
      state.value.arenaUsed += count
      place.value.chunkStart = UInt(bitPattern: start)
      unsafe place.value.chunkEnd = UInt(bitPattern: start + count)
    } else {
      // A large argument gets its room at once, so that it is not copied as it grows.
      var room = EventLoop.readSize
      if let partial = place.value.partial, partial.bulkLength > 0 {
        let missing = partial.offset + partial.bulkLength + 2 - place.value.input.count
        if missing > place.value.input.capacity - place.value.input.count && missing > room {
          place.value.input.reserveExactly(missing)
        }
        room = max(room, min(missing, 1 << 20))
      }
      place.value.input.reserve(room)
      let count = unsafe Glibc.read(place.value.descriptor, place.value.input.freeSpace, room)
      guard accept(count, from: client) else { return }
      unsafe place.value.input.advance(by: count)
      if place.value.input.count > server.settings.queryBufferLimit.value {
        server.statistics.inputBufferOverflows += 1
        let info = server.describe(client)
        let initial = escaped(place.value.input.bytes, limit: 64)
        Log.warning(
          "Closing client that reached max query buffer length: \(info) (qbuf initial bytes: \"\(initial)\")")
        server.scheduleClose(client)
        return
      }
      setChunkToInput(client)
    }
    place.value.lastInteraction = server.state.value.unixSeconds
    if !isWaiting { parse(client) }
  }

  private func setChunkToInput(_ client: Client) {
    let place = client.place
    let start = unsafe place.value.input.baseAddress.unsafelyUnwrapped
    place.value.chunkStart = UInt(bitPattern: start)
    unsafe place.value.chunkEnd = UInt(bitPattern: start + place.value.input.count)
  }

  /// Whether a read brought bytes; otherwise the connection has ended, or had nothing.
  private func accept(_ count: Int, from client: Client) -> Bool {
    let server = self.server
    if count > 0 {
      server.statistics.traffic.value.bytesRead += count
      server.statistics.traffic.value.reads += 1
      return true
    }
    if count < 0 && (errno == EAGAIN || errno == EINTR) { return false }
    if count < 0 {
      Log.verbose("Reading from client: \(SystemError(code: errno).text)")
    } else {
      Log.verbose("Client closed connection \(server.describe(client))")
    }
    server.scheduleClose(client)
    return false
  }

  /// Goes on with requests that were put off.
  func resumeInput(_ client: Client) {
    let place = client.place
    place.value.hasPendingInput = false
    if place.value.isFreed || place.value.gate.contains(.closing) || place.value.input.isEmpty { return }
    if place.value.isInBatch { executeBatch() }
    if place.value.gate.contains(.blocked) { return }
    setChunkToInput(client)
    parse(client)
  }

  /// Adds the requests in the client's chunk to the batch.
  private func parse(_ client: Client) {
    let server = self.server
    let place = client.place
    var position = unsafe UnsafeRawPointer(bitPattern: place.value.chunkStart).unsafelyUnwrapped
    let end = unsafe UnsafeRawPointer(bitPattern: place.value.chunkEnd).unsafelyUnwrapped
    place.value.executedTo = UInt(bitPattern: position)
    place.value.hasPostponed = false
    place.value.isInBatch = true
    state.value.batchClients.append(client)
    var limits = state.value.limits
    limits.isAuthenticated = !place.value.gate.contains(.unauthenticated)
    var parsed = 0
    do throws(ProtocolError) {
      while unsafe position < end {
        let first = state.value.parser.count
        if let next = unsafe state.value.parser.parseShort(position, end) {
          unsafe addRequest(client, first, state.value.parser.count &- first, position, next, true)
          parsed &+= 1
          unsafe position = unsafe next
        } else {
          let partial = place.value.partial
          if partial != nil { place.value.partial = nil }
          switch unsafe try state.value.parser.parse(position, end, consume partial, limits) {
          case .complete(let next, let isMultibulk):
            let count = state.value.parser.count - first
            if count > 0 {
              unsafe addRequest(client, first, count, position, next, isMultibulk)
              parsed += 1
            }
            unsafe position = unsafe next
          case .incomplete(let partial):
            place.value.partial = partial
            place.value.parsedTo = UInt(bitPattern: position)
            return
          }
        }
        // What is allowed may change with each command before authentication, and a batch is bounded.
        if !limits.isAuthenticated || parsed >= EventLoop.batchSize { break }
      }
      place.value.parsedTo = UInt(bitPattern: position)
      if unsafe position < end { deferInput(client) }
    } catch {
      place.value.parsedTo = UInt(bitPattern: end)
      // The buffer does not outlive the batch.
      let shown = escaped(unsafe Bytes(unsafeStart: position, count: min(80, end - position)), limit: 80)
      // The error comes after the replies to what stands before it.
      executeBatch()
      if !place.value.gate.contains(.closing) {
        client.reply.error(ErrorText(Array("ERR Protocol error: ".utf8) + error.text))
        Log.verbose(
          "Protocol error (\(String(decoding: error.text, as: UTF8.self))) from client: \(server.describe(client)). "
            + "Query buffer during protocol error: '\(shown)'")
        client.closeAfterReply()
      }
    }
  }

  /// Has the client's input looked at again in the next tick.
  func deferInput(_ client: Client) {
    if client.place.value.hasPendingInput { return }
    client.place.value.hasPendingInput = true
    state.value.pendingInput.append(client)
  }

  @unsafe
  private func addRequest(
    _ client: Client, _ first: Int, _ count: Int, _ start: UnsafeRawPointer, _ end: UnsafeRawPointer,
    _ isMultibulk: Bool
  ) {
    let name = unsafe state.value.parser.arguments[first]
    let entry = unsafe server.commands.find(Bytes(unsafeStart: name.start, count: name.count))
    unsafe state.value.requests.append(
      Request(
        client: client, firstArgument: first, argumentCount: count, command: entry, hash: 0, start: start, end: end,
        isMultibulk: isMultibulk))
  }

  /// Bytes as they appear in the log: what is not printable as escapes.
  func escaped(_ bytes: borrowing Bytes, limit: Int) -> String {
    var text = ""
    for index in 0..<min(bytes.count, limit) {
      let byte = bytes[index]
      switch byte {
      case 10: text += "\\n"
      case 13: text += "\\r"
      case 32...126: text.unicodeScalars.append(UnicodeScalar(byte))
      default: text += "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
      }
    }
    return text
  }
}
