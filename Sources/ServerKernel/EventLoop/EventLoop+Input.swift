import Containers

extension EventLoop {
  /// Has what has arrived for a client read, by a thread or here.
  func read(_ client: Client) {
    let isForThread = client.place.value.gate.isDisjoint(with: [.obeyed, .hasSource, .closing])
    if state.value.threadUse.isReading && isForThread { state.value.toRead.append(client) } else { readHere(client) }
  }

  /// Whether what has arrived for a client is to be read now. Requests that were put off come first: what follows them
  /// stays where the sender notices that it is too fast.
  func mayBeRead(_ client: Client) -> Bool {
    !client.isDropped && !client.place.value.readiness.hasPendingInput && !client.place.value.isReading
  }

  /// Reads what has arrived for a client, and adds the requests in it to the batch.
  func readHere(_ client: Client) {
    let place = client.place
    if place.value.connection.isInBatch || state.value.batch.isFull { executeBatch() }
    if !mayBeRead(client) { return }
    let rules = inputRules(client)
    if place.value.gate.contains(.closing) {
      // What arrives for a client that is closed as soon as its replies are sent is not looked at.
      place.value.connection.discard(rules, &state.value.batch)
    } else {
      place.value.connection.read(of: client, rules, into: &state.value.batch)
    }
    place.value.readiness.hasUnread = place.value.connection.mayHaveMore
    didGather(client)
  }

  /// Goes on with what clients were put off.
  func resumeInputs() {
    if state.value.pendingInput.isEmpty { return }
    var clients: [Client] = []
    swap(&clients, &state.value.pendingInput)
    for client in clients { resumeInput(client) }
  }

  /// Goes on with requests that were put off.
  private func resumeInput(_ client: Client) {
    let place = client.place
    place.value.readiness.hasPendingInput = false
    if place.value.connection.isInBatch || state.value.batch.isFull { executeBatch() }
    if place.value.isFreed || place.value.isReading { return }
    if place.value.connection.input.isEmpty || !place.value.gate.isDisjoint(with: [.closing, .blocked]) {
      return listIfUnread(client)
    }
    place.value.connection.parseInput(of: client, inputRules(client), into: &state.value.batch)
    didGather(client)
  }

  /// What holds for a client's input now.
  func inputRules(_ client: Client) -> InputRules {
    let gate = client.place.value.gate
    var rules = state.value.inputRules
    rules.limits.isAuthenticated = !gate.contains(.unauthenticated)
    rules.isWaiting = gate.contains(.blocked)
    rules.isObeyed = gate.contains(.obeyed)
    rules.hasHungUp = client.place.value.readiness.hasHungUp
    if rules.isObeyed { rules.limits.bulkLength = .max }
    return rules
  }

  /// Sees to what became of a connection's input, before the batch is executed.
  func didGather(_ client: Client) {
    let place = client.place
    if place.value.connection.isInBatch {
      if place.value.connection.chunk.isCutShort { deferInput(client) }
      // One that is too large for its client to stay is not executed.
      if place.value.connection.partial != nil { server.clientEviction.update(client) }
      return
    }
    if let end = place.value.connection.end { return inputDidEnd(client, end) }
    checkInputLimit(client)
    listIfUnread(client)
    server.clientEviction.update(client)
  }

  /// Closes a client that keeps sending what cannot be executed: a request without an end, or behind a command that
  /// blocks.
  func checkInputLimit(_ client: Client) {
    let server = self.server
    guard client.place.value.connection.inputCount > server.settings.queryBufferLimit.value else { return }
    server.statistics.inputBufferOverflows += 1
    let info = server.describe(client)
    let input = client.place.value.connection.input.bytes
    let initial = Connection.escaped(input[0..<min(64, input.count)])
    Log.warning("Closing client that reached max query buffer length: \(info) (qbuf initial bytes: \"\(initial)\")")
    server.scheduleClose(client)
  }

  /// Sees to a client of whom no more can be read, once what it sent before is executed.
  func inputDidEnd(_ client: Client, _ end: InputEnd) {
    client.place.value.connection.end = nil
    switch end {
    case .closed:
      Log.verbose("Client closed connection \(server.describe(client))")
      server.scheduleClose(client)
    case .failed(let error):
      Log.verbose("Reading from client: \(error.text)")
      server.scheduleClose(client)
    case .broken(let error, let shown, let wasAuthenticated):
      refuse(client, error, shown, whileAuthenticated: wasAuthenticated)
    }
  }

  /// Answers what breaks the protocol and closes the connection, unless a command before it has yet to be executed, or
  /// has just authenticated the client: then it is looked at again.
  private func refuse(_ client: Client, _ error: ProtocolError, _ shown: String, whileAuthenticated: Bool) {
    let place = client.place
    if place.value.connection.hasPostponed || !place.value.gate.isDisjoint(with: [.closing, .blocked]) { return }
    if !whileAuthenticated && !place.value.gate.contains(.unauthenticated) { return deferInput(client) }
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
    place.value.connection.dropInput()
  }

  /// Has the client's input looked at again in the next tick.
  func deferInput(_ client: Client) {
    if client.place.value.readiness.hasPendingInput { return }
    client.place.value.readiness.hasPendingInput = true
    state.value.pendingInput.append(client)
  }
}
