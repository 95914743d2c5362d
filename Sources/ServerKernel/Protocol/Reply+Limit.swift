extension Reply {
  /// Whether the client has run into its output limit and is being closed: a reply without a bound need not go on.
  public var isCut: Bool {
    let server = client.value.server
    if client.value.output.buffer.count > server.state.value.outputLimit { server.checkOutputLimit(Client(client)) }
    return client.value.gate.contains(.closing)
  }
}
