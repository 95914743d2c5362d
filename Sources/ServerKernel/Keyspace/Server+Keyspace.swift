import Containers

// What the keyspace does of its own accord.
extension Server: KeyspaceHost {
  func announce(_ event: KeyspaceEvent, _ key: borrowing Bytes, database: Int) {
    for hook in hooks.keyspaceEvent { hook(event, key, database, self) }
  }

  /// Expiry and eviction reach the journal as commands. Where a command came across a key past its time that it names,
  /// the two are a unit, as in Redis.
  func removeUnasked(_ key: borrowing Bytes, _ change: KeyChange, database: Int, lazily: Bool, _ work: () -> Void) {
    timed(change == .evicted ? "eviction-del" : "expire-del", work)
    if !journal.state.value.isActive { return }
    if change == .expired && loop.state.value.isExecuting && !calls.value.touchesArbitraryKeys
      && journal.state.value.unitDepth == 0
    {
      journal.state.value.isCommandUnit = true
    }
    var writer = CommandWriter()
    writer.begin(lazily ? "UNLINK" : "DEL", arguments: 1)
    writer.argument(key)
    journal.state.value.emit(writer.output.bytes, database: database)
  }

  func awaitSending() { loop.threads.awaitAll() }

  /// As many as others take.
  func memoryUse(ofRemovedKeys count: Int) -> Int {
    let others = keyspace.value.databases.reduce(0) { $0 + $1.value.keys.count }
    let bytes = max(0, usedMemory - upkeep.startupMemory - Disposal.pendingBytes)
    return Int(Double(bytes) * Double(count) / Double(max(1, others + count)))
  }
}
