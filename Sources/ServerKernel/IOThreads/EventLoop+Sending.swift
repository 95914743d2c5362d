import Containers

extension EventLoop {
  /// Outputs of so many clients, or one of so many bytes, go to threads however little they have to do else.
  private static let manyOutputs = 16, largeOutput = 64 << 10

  /// Whether threads are to send outputs of so many clients.
  func threadsSend(outputsOf clients: Int) -> Bool {
    let use = state.value.threadUse
    return use.isPossible && (use.isActive || clients >= Self.manyOutputs)
  }

  /// Whether a thread is to send what there is for a client, as one of many or by itself.
  func isForThread(_ client: Client, amongMany: Bool) -> Bool {
    let place = client.place
    let pending = place.value.output.pending
    // What follows the replies to these lies with the command thread.
    return (amongMany ? pending > 0 : pending >= Self.largeOutput)
      && place.value.gate.isDisjoint(with: [.obeyed, .hasSource])
  }

  /// Has threads send what there is for the clients that were gathered for that, as many as they can take now: the
  /// others wait until one has sent what it was given.
  func handOverOutputs() {
    if state.value.toSend.isEmpty { return }
    var clients: [Client] = []
    swap(&clients, &state.value.toSend)
    let share = threads.share(of: clients.count, atMost: OutputJob.capacity)
    var next = 0
    while next < clients.count && threads.canSend {
      let job = threads.makeOutputJob()
      job.withParts { parts in
        while next < clients.count && parts.count < share {
          // Whoever was gathered twice is handed over once.
          if !clients[next].place.value.isSending { hand(clients[next], to: &parts) }
          next += 1
        }
      }
      threads.give(job)
    }
    for client in clients[next...] where !client.place.value.isSending {
      client.place.value.output.isScheduled = true
      state.value.scheduledOutput.append(client)
    }
    clients.removeAll(keepingCapacity: true)
    swap(&clients, &state.value.toSend)
  }

  private func hand(_ client: Client, to parts: inout SlotList<OutputJob.Part>) {
    if client.place.value.output.buffer.capacity > OutputBuffer.pooledCapacity { noteBuffers(client) }
    client.place.value.isSending = true
    parts.append(OutputJob.Part(client))
  }

  /// Sees to what became of outputs that threads were to send.
  func takeBack(_ job: OutputJob) {
    job.withParts { parts in
      for index in 0..<parts.count { takeBack(&parts[index]) }
    }
  }

  private func takeBack(_ part: inout OutputJob.Part) {
    let client = part.client
    let outcome = part.outcome
    client.place.value.isSending = false
    if outcome.calls > 0 { noteSent(outcome.bytes, calls: outcome.calls, to: client) }
    if !client.isDropped {
      if let error = outcome.error { writingFailed(client, error) } else { settle(client, &part.output) }
    }
    part.output.didSendAll()
    recycle(&part.output.buffer)
  }

  /// Keeps what a thread could not send of an output, or goes on with what came behind it.
  private func settle(_ client: Client, _ output: inout OutputBuffer) {
    let place = client.place
    if output.unsent > 0 {
      output.releaseSent()
      place.value.output.handedOverIs(output)
      client.session.unsent = UnsentOutput(output.handOver())
      noteBuffers(client)
      server.checkOutputLimit(client)
      if !client.isDropped { waitForRoomAgain(client) }
    } else {
      place.value.session?.unsent = nil
      place.value.output.handedOverIsGone()
      if place.value.output.isScheduled { return }
      if place.value.gate.contains(.hasSource) {
        // It became one meanwhile, and what it is sent now has waited.
        client.outputSourceHasMore()
      } else if place.value.output.unsent > 0 {
        scheduleOutput(client)
      } else {
        finishOutput(client)
      }
    }
    server.clientEviction.update(client)
  }

  /// Sends what there is to the clients that take it at once, before the end.
  func writeLastOutput() {
    repeat {
      writeOutput()
      threads.awaitAll()
      collectOutputs()
    } while !state.value.scheduledOutput.isEmpty
  }

  /// Sends what a thread could not; whether all of it is sent.
  func sendUnsent(_ client: Client) -> Bool {
    let place = client.place
    guard let unsent = place.value.session?.unsent else { return true }
    let outcome = place.value.connection.transport.sendAll(&unsent.output)
    if outcome.calls > 0 { noteSent(outcome.bytes, calls: outcome.calls, to: client) }
    if let error = outcome.error {
      writingFailed(client, error)
      return false
    }
    if unsent.output.unsent > 0 {
      unsent.output.releaseSent()
      place.value.output.handedOverIs(unsent.output)
      server.checkOutputLimit(client)
      if !client.isDropped { waitForRoom(client) }
      return false
    }
    place.value.session?.unsent = nil
    place.value.output.handedOverIsGone()
    return true
  }
}
