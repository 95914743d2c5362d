extension Reply {
  /// How much a reply may come to whose length is whatever the client asks for, not what is stored, bytes. Only a
  /// client that means to do harm asks for more, and it must not keep the others waiting for long.
  static let endlessLimit = 64 << 20

  /// Whether the client is being closed, for having run into its output limit perhaps. A reply without a bound asks
  /// before each of its values, and stops.
  public var isCut: Bool {
    checkLimit()
    if client.value.output.buffer.count > Self.endlessLimit && !client.value.gate.contains(.closing) {
      let server = client.value.server
      server.statistics.outputBufferOverflows += 1
      let info = server.describe(Client(client))
      Log.warning("Client \(info) closed for a reply of more than \(Self.endlessLimit) bytes.")
      server.scheduleClose(Client(client))
    }
    return client.value.gate.contains(.closing)
  }

  /// Closes the client if it has run into its output limit; then nothing is kept of what is written.
  func checkLimit() {
    let server = client.value.server
    if client.value.output.buffer.count > server.state.value.outputLimit { server.checkOutputLimit(Client(client)) }
  }
}
