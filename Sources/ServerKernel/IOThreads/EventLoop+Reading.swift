import Containers

extension EventLoop {
  /// Has threads read the clients that were gathered for that, as many as they can take now: the others wait until one
  /// has come back with what it was given. A client that is being read already is listed when that is done.
  func handOverReads() {
    if state.value.toRead.isEmpty { return }
    var clients: [Client] = []
    swap(&clients, &state.value.toRead)
    if !state.value.threadUse.isReading {
      for client in clients { readHere(client) }
      return executeBatch()
    }
    let share = threads.share(of: clients.count, atMost: InputJob.capacity)
    var job: InputJob?
    for (index, client) in clients.enumerated() where mayBeRead(client) {
      guard let filling = job ?? threads.makeInputJob() else {
        state.value.toRead += clients[index...]
        return
      }
      job = filling
      let rules = inputRules(client)
      client.place.value.readiness.hasUnread = false
      client.place.value.isReading = true
      filling.add(client, rules)
      if filling.clients.count < share { continue }
      threads.give(.input(filling))
      job = nil
    }
    if let job { threads.give(.input(job)) }
    clients.removeAll(keepingCapacity: true)
    swap(&clients, &state.value.toRead)
  }

  /// Sees to what threads have done: what they read is executed, what they could not send waits for room.
  func collectFromThreads() {
    if !threads.mayHaveReturned { return }
    threads.receive()
    while let (job, worker) = threads.nextReturned() {
      switch job {
      case .input(let job):
        execute(job)
        threads.free(job, by: worker)
      case .output(let job):
        takeBack(job)
        threads.free(job, by: worker)
      case .stop: break
      }
    }
  }

  /// Waits until no thread works for a client any more, and sees to what they have done.
  func settleThreads() {
    threads.awaitAll()
    collectFromThreads()
  }

  private func execute(_ job: InputJob) {
    job.giveBack { client, isUnparsed in
      let place = client.place
      place.value.isReading = false
      if place.value.connection.mayHaveMore { place.value.readiness.hasUnread = true }
      if client.isDropped && !place.value.connection.isInBatch {
        place.value.connection.dropInput()
      } else if isUnparsed && !place.value.connection.input.isEmpty {
        // What it waited for may have come about meanwhile.
        if !place.value.gate.contains(.blocked) { deferInput(client) }
      }
    }
    job.exchangeBatch(with: state)
    for client in job.clients where !client.isDropped { didGather(client) }
    executeBatch()
    job.exchangeBatch(with: state)
  }
}
