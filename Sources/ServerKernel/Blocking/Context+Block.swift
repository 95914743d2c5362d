import Containers

/// What a blocked client is answered when its time is over.
public enum BlockTimeout {
  case null, nullArray
  case integer(Int64)
  /// What is found out when the time is over.
  case written((Reply) -> Void)
}

extension Context {
  /// Whether a command may block its client: not inside a transaction or a script, and not where nobody waits for the
  /// reply. A command that may not acts as if its time were over at once.
  public var mayBlock: Bool { origin == .user && server.journal.state.value.unitDepth == 0 }

  /// Whether this is a blocked client's command that is being tried again.
  public var isTriedAgain: Bool { server.blocking.state.value.retry != nil }

  /// The arguments of those keys that a blocking command is to look at: all of `keys`, but when it is tried again only
  /// the key that became ready.
  public func keysToTry(_ call: borrowing Call, _ keys: Range<Int>) -> Range<Int> {
    guard let key = server.blocking.state.value.retry?.queue.key else { return keys }
    for index in keys where call[index] == key.bytes { return index..<index + 1 }
    return keys
  }

  /// Blocks the client until someone answers it with `Server.resume`, or its time is over; `milliseconds` 0 waits for
  /// ever. Called by a command instead of a reply, where it may block (`mayBlock`).
  public mutating func wait(_ call: borrowing Call, milliseconds: Int64, onTimeout: BlockTimeout) {
    server.blocking.block(client, call, 0..<0, kind: 0, mindsLoss: false, milliseconds, onTimeout, replacing: [:])
  }

  /// Blocks the client until one of the keys at these arguments gets a value of a type, or its value of that type is
  /// changed; then the command is executed again, and either replies or blocks again, which keeps the client's place
  /// in the order of service.
  ///
  /// Called by a command instead of a reply, with the same arguments each time. Where nothing may block (`mayBlock`)
  /// the reply is that of the timeout. `milliseconds` 0 waits for ever. With `orLost` the command is executed again
  /// also when a key is removed or gets a value of another type. Clients are served in the order in which they came,
  /// after the command, transaction or script that made a key ready. `replacing` has other words stand at some
  /// arguments when the command is executed again: what it made of them at the beginning.
  public mutating func block<Value: StoredValue & ~Copyable>(
    _ call: borrowing Call, keys: Range<Int>, until type: Value.Type, orLost: Bool = false, milliseconds: Int64,
    onTimeout: BlockTimeout, replacing replacements: [Int: [UInt8]] = [:]
  ) {
    let server = self.server
    if server.blocking.state.value.retry != nil {
      server.blocking.state.value.retry?.blocksAgain = true
    } else if mayBlock {
      server.blocking.block(
        client, call, keys, kind: db.number(type), mindsLoss: orLost, milliseconds, onTimeout, replacing: replacements)
    } else {
      BlockedClients.answer(onTimeout, reply)
    }
  }
}
