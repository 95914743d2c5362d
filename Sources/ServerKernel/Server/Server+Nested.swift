import Containers

extension Context {
  /// Executes the commands that the client queued since MULTI, as one unit, with an array of their replies.
  /// The transaction ends with it.
  public mutating func executeTransaction() {
    let server = self.server
    let transaction = client.ownTransaction
    // Out of the client's hands: the transaction has ended for all that its commands may do or look at.
    var queue = QueuedCalls()
    swap(&queue, &transaction.state.value.queue)
    server.endTransaction(client)
    reply.array(queue.count)
    server.journal.state.value.beginUnit()
    queue.forEach { command, call in
      client.settleReplies()
      // CLIENT KILL of oneself and CLIENT REPLY OFF leave nothing of later replies, though the commands run.
      let start = client.place.value.closesAfterReply ? client.place.value.output.buffer.count : .max
      server.execute(command, call, Bytes(""), &self)
      client.place.value.output.takeBack(to: start)
      // A command may have selected another database.
      db.state = client.place.value.database
    }
    client.settleReplies()
    client.place.value.session?.muted.withheldFrom = nil
    server.journal.state.value.endUnit()
    queue.removeAll()
    swap(&queue, &transaction.state.value.queue)
    // Its commands have left their effects; EXEC itself has none.
    journal.suppress()
  }

  /// Begins a transaction; false when the client is in one already.
  public func beginTransaction() -> Bool {
    if client.isInTransaction { return false }
    client.place.value.gate.insert(.inTransaction)
    return true
  }

  /// Ends the client's transaction without executing it, and its watches.
  public func discardTransaction() { server.endTransaction(client) }

  /// Whether a queued command was refused, so that EXEC must refuse all of them.
  public var isTransactionAborted: Bool { client.place.value.transaction?.state.value.isAborted ?? false }

  /// Selects a database for the client, and for the rest of this command.
  public mutating func select(_ number: Int) -> Bool {
    guard client.select(number) else { return false }
    db.state = client.place.value.database
    return true
  }
}

extension Server {
  /// Whether commands are being executed as a unit: what must not begin in the midst of one, a snapshot, waits.
  public var isExecutingUnit: Bool { journal.state.value.unitDepth > 0 }

  /// Ends a client's transaction and its watches.
  public func endTransaction(_ client: Client) {
    client.place.value.transaction?.state.value.endQueue()
    client.place.value.gate.remove(.inTransaction)
    watchedKeys.removeAll(client)
  }
}
