// Unsafe: the state lies at a place that is freed with the transaction.

import Containers

/// What a client watches (WATCH), and what it queued between MULTI and EXEC. Made when it first does either, and kept
/// with its memory for the transactions after that.
final class Transaction {
  /// At a place of its own: a property of a class would cost two checks for each queued command.
  let state = Place(TransactionState())

  deinit { unsafe state.free() }

  /// Those flags of queued commands that decide whether EXEC may run.
  static let decidingFlags: CommandFlags = [.readOnly, .write, .denyOOM, .mayReplicate, .noAsyncLoading]

  /// The flags of all queued commands together.
  var flags: CommandFlags { state.value.flags }
  /// Bytes that queued arguments and watched keys take.
  var memoryUse: Int { state.value.queue.memoryUse + state.value.watched.memoryUse }
}

/// A transaction as it stands.
struct TransactionState: ~Copyable {
  var queue = QueuedCalls()
  /// A command was refused while queueing: EXEC answers EXECABORT.
  var isAborted = false
  /// The flags of all queued commands together, and those that every one of them has.
  var flags: CommandFlags = []
  var commonFlags = CommandFlags(rawValue: .max)
  var watched = ClientWatches()

  /// Forgets what was queued.
  mutating func endQueue() {
    queue.removeAll()
    isAborted = false
    flags = []
    commonFlags = CommandFlags(rawValue: .max)
  }
}

extension Client {
  /// The client's transaction, begun or not.
  var ownTransaction: Transaction {
    if let transaction = place.value.transaction { return transaction }
    let transaction = Transaction()
    place.value.transaction = transaction
    return transaction
  }
}

extension Server {
  /// Queues a call, which may do what `flags` say, in its client's transaction, and answers it.
  func enqueue(_ entry: CommandHandle, flags: CommandFlags, _ call: borrowing Call, _ client: Client) {
    let state = client.ownTransaction.state
    // Nothing of a transaction that will be refused needs to be kept.
    if !state.value.isAborted {
      state.value.queue.append(entry, call)
      state.value.flags.formUnion(flags)
      state.value.commonFlags.formIntersection(flags)
    }
    client.reply.simple("QUEUED")
  }
}
