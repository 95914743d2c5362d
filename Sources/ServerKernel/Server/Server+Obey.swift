import Containers

extension Server {
  /// Executes a request that passes no check, or queues it in its client's transaction.
  func carryOut(
    _ command: CommandHandle?, _ call: borrowing Call, _ raw: borrowing Bytes, _ context: inout Context
  ) {
    guard let entry = entry(command, call, context.client) else { return }
    context.client.place.value.lastCommand = entry
    if context.client.isInTransaction && !entry.value.flags.contains(.notQueued) {
      return enqueue(entry, flags: entry.value.flags, call, context.client)
    }
    // What needs memory is carried out whether there is some or not, but others' keys may have to go.
    if state.value.gate.contains(.memoryLimited) && entry.value.flags.contains(.denyOOM) {
      _ = eviction.makeRoom(self)
    }
    execute(entry, call, raw, &context)
  }
}
