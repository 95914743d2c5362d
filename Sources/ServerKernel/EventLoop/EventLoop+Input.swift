// Unsafe: see EventLoop.swift.

import CLinux
import Containers
import Glibc

extension EventLoop {
  /// Reads what has arrived for a client and parses it.
  func read(_ client: Client) {
    let server = self.server
    let place = client.place
    if place.value.isInBatch { executeBatch() }
    if place.value.gate.contains(.closing) || place.value.isFreed { return discardInput(client) }
    // Requests that were put off come first. What follows them stays where the sender notices that it is too fast.
    if place.value.hasPendingInput { return }
    // What arrives for a client that waits is kept until it goes on.
    let isWaiting = place.value.gate.contains(.blocked)
    if let partial = place.value.partial, partial.lacking > 0 {
      guard readLarge(client, partial) else { return }
      setChunkToInput(client)
    } else if place.value.input.isEmpty && !isWaiting {
      let start = unsafe arenaSpace()
      let limit = place.value.sendsLarge ? EventLoop.headSize : EventLoop.readSize
      let count = unsafe Glibc.read(place.value.descriptor, start, limit)
      guard accept(count, from: client) else { return }
      state.value.arenaUsed += count
      place.value.chunkStart = UInt(bitPattern: start)
      unsafe place.value.chunkEnd = UInt(bitPattern: start + count)
    } else {
      guard readBehindInput(client) else { return }
      setChunkToInput(client)
    }
    place.value.lastInteraction = server.state.value.unixSeconds
    if !isWaiting { return parse(client) }
    checkInputLimit(client)
    server.clientEviction.update(client)
  }

  /// Room in the arena for one read.
  @unsafe
  private func arenaSpace() -> UnsafeMutableRawPointer {
    if state.value.arenaUsed + EventLoop.readSize > EventLoop.arenaSize { executeBatch() }
    return unsafe state.value.arena + state.value.arenaUsed
  }

  /// Reads behind what the client has sent already; false when nothing came.
  private func readBehindInput(_ client: Client) -> Bool {
    let place = client.place
    // As much as may be kept, and one byte that tells that there is more.
    let left = server.settings.queryBufferLimit.value - place.value.inputCount
    let room = min(EventLoop.readSize - 1, max(0, left)) + 1
    let space = unsafe place.value.input.space(for: EventLoop.readSize)
    let count = unsafe Glibc.read(place.value.descriptor, space, room)
    guard accept(count, from: client) else { return false }
    place.value.input.advance(by: count)
    return true
  }

  /// Reads more of a large argument to where it is kept; whether it is there now, and the request can be gone on with.
  private func readLarge(_ client: Client, _ partial: PartialRequest) -> Bool {
    let place = client.place
    let left = server.settings.queryBufferLimit.value - place.value.inputCount
    let room = min(partial.readable, EventLoop.largeReadSize, max(0, left) + 1)
    let count = unsafe Glibc.read(place.value.descriptor, partial.space(for: room), room)
    guard accept(count, from: client) else { return false }
    partial.advance(by: count)
    place.value.lastInteraction = server.state.value.unixSeconds
    // Before it is executed: one that is too large for that is not.
    server.clientEviction.update(client)
    if partial.lacking == 0 { return true }
    checkInputLimit(client)
    return false
  }

  /// Drops what arrives for a client that is closed as soon as its replies are sent.
  private func discardInput(_ client: Client) {
    if !client.place.value.closesAfterReply || client.place.value.isFreed { return }
    _ = unsafe accept(Glibc.read(client.place.value.descriptor, arenaSpace(), EventLoop.readSize), from: client)
  }

  /// Closes a client that keeps sending what cannot be executed: a request without an end, or behind a command that
  /// blocks.
  func checkInputLimit(_ client: Client) {
    let server = self.server
    guard client.place.value.inputCount > server.settings.queryBufferLimit.value else { return }
    server.statistics.inputBufferOverflows += 1
    let info = server.describe(client)
    let initial = escaped(client.place.value.input.bytes, limit: 64)
    Log.warning("Closing client that reached max query buffer length: \(info) (qbuf initial bytes: \"\(initial)\")")
    server.scheduleClose(client)
  }

  private func setChunkToInput(_ client: Client) {
    let place = client.place
    let start = unsafe place.value.input.start.unsafelyUnwrapped
    place.value.chunkStart = UInt(bitPattern: start)
    unsafe place.value.chunkEnd = UInt(bitPattern: start + place.value.input.count)
  }

  /// Whether a read brought bytes; otherwise the connection has ended, or had nothing.
  private func accept(_ count: Int, from client: Client) -> Bool {
    let server = self.server
    if count > 0 {
      if client.place.value.gate.contains(.obeyed) {
        server.statistics.traffic.value.sourceBytesRead += count
      } else {
        server.statistics.traffic.value.bytesRead += count
      }
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
    let place = client.place
    var position = unsafe UnsafeRawPointer(bitPattern: place.value.chunkStart).unsafelyUnwrapped
    let end = unsafe UnsafeRawPointer(bitPattern: place.value.chunkEnd).unsafelyUnwrapped
    place.value.executedTo = UInt(bitPattern: position)
    place.value.toldTo = place.value.executedTo
    place.value.wholeTo = place.value.executedTo
    place.value.hasPostponed = false
    place.value.isInBatch = true
    state.value.batchClients.append(client)
    var limits = state.value.limits
    limits.isAuthenticated = !place.value.gate.contains(.unauthenticated)
    let isObeyed = place.value.gate.contains(.obeyed)
    if isObeyed { limits.bulkLength = .max }
    var parsed = 0
    do throws(ProtocolError) {
      while unsafe position < end {
        let first = state.value.parser.count
        if let next = unsafe state.value.parser.parseShort(position, end) {
          unsafe addRequest(client, first, state.value.parser.count &- first, position, next, true)
          parsed &+= 1
          unsafe position = unsafe next
        } else {
          let partial = unsafe partial(place, at: position)
          switch unsafe try state.value.parser.parse(position, end, partial, limits) {
          case .complete(let next, let isMultibulk):
            let count = state.value.parser.count - first
            if count > 0 {
              if isObeyed && !isMultibulk { throw ProtocolError(text: "Master using the inline protocol. Desync?") }
              unsafe addRequest(client, first, count, position, next, isMultibulk)
              parsed += 1
            }
            unsafe position = unsafe next
          case .incomplete(let partial):
            place.value.parsedTo = UInt(bitPattern: position)
            // One that is complete may have to wait, and this is parsed again then.
            if place.value.partial?.isComplete ?? false { return }
            partial?.start = Int(place.value.parsedTo - place.value.chunkStart)
            place.value.partial = partial
            return
          }
        }
        if parsed >= EventLoop.batchSize { break }
      }
      place.value.parsedTo = UInt(bitPattern: position)
      if unsafe position < end { deferInput(client) }
    } catch {
      place.value.parsedTo = UInt(bitPattern: position)
      // The buffer does not outlive the batch.
      let shown = escaped(unsafe Bytes(unsafeStart: position, count: min(80, end - position)), limit: 80)
      // The error comes after the replies to what stands before it.
      executeBatch()
      refuse(client, error, limits, shown)
    }
  }

  /// Answers what breaks the protocol and closes the connection, unless a command before it has yet to be executed, or
  /// has just authenticated the client: then it is looked at again.
  private func refuse(_ client: Client, _ error: ProtocolError, _ limits: RequestLimits, _ shown: String) {
    let place = client.place
    if place.value.hasPostponed || !place.value.gate.isDisjoint(with: [.closing, .blocked]) { return }
    if !limits.isAuthenticated && !place.value.gate.contains(.unauthenticated) { return deferInput(client) }
    let source = place.value.session?.commandSource
    Log.write(
      source == nil ? .verbose : .warning,
      "Protocol error (\(String(decoding: error.text, as: UTF8.self))) from client: \(server.describe(client)). "
        + "Query buffer during protocol error: '\(shown)'")
    if let source {
      source.didBreakProtocol()
      server.scheduleClose(client)
    } else {
      client.reply.error(ErrorText(Array("ERR Protocol error: ".utf8) + error.text))
      client.closeAfterReply()
    }
    place.value.partial = nil
    place.value.input.removeAll()
  }

  /// The state of the request that begins here, if a part of it was parsed before.
  @unsafe
  private func partial(_ place: Place<ClientState>, at position: UnsafeRawPointer) -> PartialRequest? {
    guard let partial = place.value.partial,
      UInt(bitPattern: position) - place.value.chunkStart == UInt(bitPattern: partial.start)
    else { return nil }
    return partial
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
