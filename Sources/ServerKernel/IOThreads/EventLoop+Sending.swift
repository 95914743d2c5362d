import Containers

extension EventLoop {
  /// Outputs of so many clients, or one of so many bytes, go to threads however little they have to do else.
  private static let manyOutputs = 16, largeOutput = 64 << 10

  /// Whether threads are to send outputs of so many clients.
  func threadsSend(outputsOf clients: Int) -> Bool {
    let use = state.value.threadUse
    return use.isPossible && (use.isActive || clients >= Self.manyOutputs)
  }

  /// Has a thread send what there is for a client, with others, or waits with it until they can take more; false when
  /// that is to be done here.
  func handOverOutput(_ client: Client, amongMany: Bool) -> Bool {
    let place = client.place
    let pending = place.value.output.pending
    if pending == 0 || !amongMany && pending < Self.largeOutput { return false }
    // What follows replies to these lies with the command thread.
    if !place.value.gate.isDisjoint(with: [.obeyed, .hasSource]) { return false }
    guard state.value.outputJob != nil || threads.canSend else {
      place.value.output.isScheduled = true
      state.value.scheduledOutput.append(client)
      return true
    }
    let job = state.value.outputJob ?? threads.makeOutputJob()
    state.value.outputJob = job
    if place.value.output.buffer.capacity > OutputBuffer.pooledCapacity { noteBuffers(client) }
    place.value.isSending = true
    let output = place.value.session?.unsent?.take() ?? place.value.output.handOver()
    job.add(client, output, isLast: place.value.closesAfterReply)
    if job.parts.count >= state.value.outputShare { giveOutputJob() }
    return true
  }

  /// Hands over the job that is being filled.
  func giveOutputJob() {
    guard let job = state.value.outputJob else { return }
    state.value.outputJob = nil
    threads.give(job)
  }

  /// Sees to what became of outputs that threads were to send.
  func takeBack(_ job: OutputJob) {
    job.forEach { part in
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
      if place.value.output.unsent > 0 { scheduleOutput(client) } else { finishOutput(client) }
    }
    server.clientEviction.update(client)
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
