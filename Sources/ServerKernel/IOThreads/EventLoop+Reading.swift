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
    var next = 0
    while next < clients.count && threads.canRead {
      let job = threads.makeInputJob()
      job.withEntries { entries in
        while next < clients.count && entries.count < share {
          if mayBeRead(clients[next]) { hand(clients[next], to: &entries) }
          next += 1
        }
      }
      threads.give(job)
    }
    if next < clients.count { return state.value.toRead.append(contentsOf: clients[next...]) }
    clients.removeAll(keepingCapacity: true)
    swap(&clients, &state.value.toRead)
  }

  private func hand(_ client: Client, to entries: inout SlotList<InputJob.Entry>) {
    let rules = inputRules(client)
    client.place.value.readiness.hasUnread = false
    client.place.value.isReading = true
    entries.append(InputJob.Entry(client, rules))
  }

  /// Sees to what threads have done: what they could not send waits for room.
  func collectOutputs() {
    if !threads.mayHaveReturned { return }
    threads.receive()
    while let (job, worker) = threads.nextOutput() {
      takeBack(job)
      threads.free(job, by: worker)
    }
  }

  /// Sees to what threads have done: what they read is executed.
  func collectInputs() {
    if !threads.mayHaveReturned { return }
    threads.receive()
    while let (job, worker) = threads.nextInput() {
      execute(job)
      threads.free(job, by: worker)
    }
  }

  /// Waits until no thread works for a client any more, and sees to what they have done.
  func settleThreads() {
    settleOutputs()
    collectInputs()
  }

  /// Waits until no thread works for a client any more, and sees to what they have sent.
  func settleOutputs() {
    threads.awaitAll()
    collectOutputs()
  }

  private func execute(_ job: InputJob) {
    job.withEntries { entries in
      for index in 0..<entries.count { takeBack(&entries[index]) }
    }
    job.exchangeBatch(with: state)
    job.withEntries { entries in
      for index in 0..<entries.count where !entries[index].client.isDropped { didGather(entries[index].client) }
    }
    executeBatch()
    job.exchangeBatch(with: state)
  }

  private func takeBack(_ entry: inout InputJob.Entry) {
    let client = entry.client
    let place = client.place
    entry.giveBack()
    place.value.isReading = false
    if place.value.connection.mayHaveMore { place.value.readiness.hasUnread = true }
    if client.isDropped && !place.value.connection.isInBatch {
      place.value.connection.dropInput()
    } else if entry.rules.isWaiting && !place.value.connection.input.isEmpty {
      // What it waited for may have come about meanwhile.
      if !place.value.gate.contains(.blocked) { deferInput(client) }
    }
  }
}
