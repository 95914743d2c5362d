// Unsafe: command entries are addressed directly; they are never freed.

import Containers

extension Server {
  enum Admission {
    case execute
    /// Queued in the client's transaction, and answered.
    case queued
    /// The client is paused: the request is looked at again later.
    case wait
  }

  /// The checks that a client's command passes before it runs, in Redis' order; made only while some gate is set.
  @unsafe
  func admit(
    _ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ gate: Gate, _ context: inout Context
  ) throws(CommandError) -> Admission {
    let client = context.client
    let place = client.place
    var flags = unsafe entry.pointee.flags
    var lacking = CommandFlags(rawValue: ~flags.rawValue)
    if flags.contains(.runsTransaction), let transaction = place.value.transaction {
      flags.formUnion(transaction.flags.intersection(Transaction.decidingFlags))
      lacking.formUnion(CommandFlags(rawValue: ~transaction.commonFlags.rawValue))
    }
    if gate.contains(.unauthenticated) && !flags.contains(.noAuth) { throw .literal("NOAUTH Authentication required.") }
    if gate.contains(.inTransaction) && flags.contains(.noMulti) {
      throw .literal("ERR Command not allowed inside a transaction")
    }
    if gate.contains(.memoryLimited) {
      let takesMemory = flags.contains(.denyOOM) || (gate.contains(.inTransaction) && !flags.contains(.notQueued))
      // Who only reads does not wait for keys to be evicted.
      if !takesMemory {
        if isAboveMemoryLimit { scheduleEviction() }
      } else if !makeRoom() {
        throw .literal("OOM command not allowed when used memory > 'maxmemory'.")
      }
    }
    if gate.contains(.writesRefused) && !flags.isDisjoint(with: [.write, .reportsDiskErrors]) {
      throw .text(state.value.writeRefusal)
    }
    if gate.contains(.subscribed) && !flags.contains(.allowedWhileSubscribed) {
      throw .text(
        """
        ERR Can't execute '\(unsafe entry.pointee.command.fullName)': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / \
        QUIT / RESET are allowed in this context
        """)
    }
    if gate.contains(.loading) && lacking.contains(.loading) {
      throw .literal("LOADING Redis is loading the dataset in memory")
    }
    if gate.contains(.monitoring) && !flags.isDisjoint(with: [.readOnly, .write, .mayReplicate]) {
      throw .literal("ERR Replica can't interact with the keyspace")
    }
    if gate.contains(.paused) && !gate.contains(.monitoring) && isPaused(flags) {
      postpone(client)
      return .wait
    }
    if gate.contains(.inTransaction) && !flags.contains(.notQueued) {
      unsafe enqueue(entry, call, client)
      return .queued
    }
    keyspace.value.leavesClock = gate.contains(.noTouch) && !flags.contains(.alwaysTouches)
    return .execute
  }

  @unsafe
  func enqueue(_ entry: UnsafeMutablePointer<CommandEntry>, _ call: borrowing Call, _ client: Client) {
    guard let transaction = client.place.value.transaction else { return }
    let reply = Reply(client.place)
    // Nothing of a transaction that will be refused needs to be kept.
    if !transaction.isAborted {
      let queued = unsafe Transaction.Queued(entry, OwnedArguments(copying: call))
      transaction.memoryUse += queued.arguments.memoryUse
      transaction.queue.append(queued)
      transaction.flags.formUnion(unsafe entry.pointee.flags)
      transaction.commonFlags.formIntersection(unsafe entry.pointee.flags)
    }
    reply.simple("QUEUED")
  }
}
