import Containers

extension Server {
  /// Executes a request of a client that follows this server. A reply would stand amid the stream that it is sent, so
  /// it gets none and is disconnected.
  func processFollower(
    _ entry: CommandHandle?, _ call: borrowing Call, _ raw: borrowing Bytes, _ context: inout Context
  ) -> Bool {
    let client = context.client
    let start = client.place.value.output.buffer.count
    let isDone = processRequest(entry, call, raw, &context)
    if client.place.value.output.buffer.count > start { refuseReply(to: client, from: start) }
    return isDone
  }

  private func refuseReply(to client: Client, from start: Int) {
    let place = client.place
    let name = place.value.lastCommand?.value.command.fullName ?? "<unknown>"
    if let error = place.value.output.error(from: start) {
      statistics.countUnexpectedError()
      Log.warning(
        "== CRITICAL == This master is sending an error to its replica: '\(error.bytes.string)' after processing the "
          + "command '\(name)'")
    }
    place.value.output.takeBack(to: start)
    Log.warning("Replica generated a reply to command '\(name)', disconnecting it: \(describe(client))")
    scheduleClose(client)
  }
}

extension OutputBuffer {
  /// The text of the error that a reply is, which begins at a position of the buffer; nil when it is none. What is too
  /// long for the log is cut off.
  func error(from start: Int) -> [UInt8]? {
    if buffer[start] != UInt8(ascii: "-") { return nil }
    let reply = buffer.bytes[start + 1..<buffer.count].array
    return Array(reply.prefix { $0 != 13 }.prefix(4096))
  }
}
