// Unsafe: see RequestBatch.swift.

import Containers

extension EventLoop {
  /// Carries out a request of a command source, whatever holds for others, and drops the reply.
  @unsafe
  func obey(_ index: Int, _ call: borrowing Call, _ raw: borrowing Bytes, _ context: inout Context) {
    let request = state.value.batch.requests[index]
    let server = self.server
    let place = request.client.place
    if isHeldBack(request, server) {
      server.pausing.postpone(request.client, server)
      place.value.connection.hasPostponed = true
      return
    }
    let start = place.value.output.buffer.count
    let keepsExpired = server.keyspace.value.keepsExpired
    context.origin = .primary
    server.keyspace.value.keepsExpired = true
    server.carryOut(request.command, call, raw, &context)
    server.keyspace.value.keepsExpired = keepsExpired
    context.origin = .user
    if place.value.output.buffer.count > start { dropReply(request.client, from: start) }
    unsafe place.value.connection.chunk.executedTo = UInt(bitPattern: request.end)
    if !request.client.isInTransaction { unsafe place.value.connection.chunk.wholeTo = UInt(bitPattern: request.end) }
    // Whoever comes next may ask how far this server is.
    let next = index + 1
    if next == state.value.batch.requests.count || state.value.batch.requests[next].client != request.client {
      tellSource(request.client)
    }
    if !server.blocking.state.value.ready.isEmpty { server.serveBlocked(&context) }
  }

  /// A pause holds a command source back as it does others, and puts off what it sends.
  private func isHeldBack(_ request: Request, _ server: Server) -> Bool {
    guard server.state.value.gate.contains(.paused), let command = request.command else { return false }
    var flags = command.value.flags
    if flags.contains(.runsTransaction), let transaction = request.client.place.value.transaction {
      flags.formUnion(transaction.flags)
    }
    return server.pausing.holdsBack(flags)
  }

  private func dropReply(_ client: Client, from start: Int) {
    let place = client.place
    if let error = place.value.output.error(from: start) {
      place.value.session?.commandSource?.didFail(
        error.bytes, command: place.value.lastCommand?.value.command.fullName ?? "<unknown>")
    }
    place.value.output.takeBack(to: start)
  }

  /// Tells a command source what was executed of what it sent.
  func tellSource(_ client: Client) {
    let place = client.place
    let start = place.value.connection.chunk.toldTo, end = place.value.connection.chunk.executedTo
    if end <= start { return }
    if !client.isInTransaction { place.value.connection.chunk.wholeTo = end }
    place.value.connection.chunk.toldTo = end
    let whole = place.value.connection.chunk.wholeTo > start ? Int(place.value.connection.chunk.wholeTo - start) : 0
    let address = unsafe UnsafeRawPointer(bitPattern: start).unsafelyUnwrapped
    let bytes = unsafe Bytes(unsafeStart: address, count: Int(end - start))
    place.value.session?.commandSource?.didExecute(bytes, whole: whole)
  }
}
