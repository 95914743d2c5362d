// Unsafe: it walks entries, which are addresses.

import Containers

/// A point-in-time walk over all keys without a fork.
///
/// A cursor walks the tables a little each tick. Bit 7 of an entry says whether the snapshot has seen it: starting
/// one inverts its meaning, entries made later are born as seen, and an entry that is about to change or go is
/// handed over first (`Database.willChange`). A table that FLUSHALL takes away is walked to its end before it is
/// freed. Nothing is copied and nothing waits: the price is paid key by key, by those that change.
///
/// A snapshot that is given up goes on without handing anything over, so that the next one finds all bits alike.
final class Snapshot {
  private struct Source {
    /// The database that holds the keys now; SWAPDB changes it. Nil when the keys were taken out of it.
    var current: Int?
    /// Keys that were taken out of their database.
    var removed: RemovedKeys?
    /// The database that the keys were in when the snapshot began.
    let original: Int
    var cursor: UInt = 0
    var isDone = false
  }

  private var sources: [Source]
  /// Nil when the snapshot was given up.
  private(set) var consumer: (any SnapshotConsumer)?
  private var writer = CommandWriter()
  private var selected = -1

  /// Handed over in pieces of about this many bytes.
  private static let pieceBytes = 256 << 10

  init(_ server: Server, _ consumer: any SnapshotConsumer) {
    self.consumer = consumer
    sources = server.state.value.databases.indices.map { Source(current: $0, original: $0) }
  }

  func giveUp() { consumer = nil }

  /// Hands an entry over unless the snapshot has seen it.
  @unsafe
  func visit(_ entry: UnsafeMutableRawPointer, original: Int, _ server: Server) {
    let meta = unsafe KeyEntry.meta(entry)
    if meta & KeyEntry.snapshotParity == server.keyspace.value.snapshotParity { return }
    unsafe entry.storeBytes(of: meta ^ KeyEntry.snapshotParity, as: UInt8.self)
    guard consumer != nil else { return }
    if selected != original {
      selected = original
      writer.begin("SELECT", arguments: 1)
      writer.argument(Int64(original))
    }
    unsafe write(entry, server)
    if writer.output.count >= Self.pieceBytes { handOver() }
  }

  @unsafe
  private func write(_ entry: UnsafeMutableRawPointer, _ server: Server) {
    let key = unsafe KeyEntry.key(entry)
    let value = unsafe KeyEntry.value(entry)
    let type = unsafe KeyEntry.type(entry)
    if type < KeyEntry.firstKind {
      writer.begin("SET", arguments: 2)
      writer.argument(key)
      switch type {
      case KeyEntry.integerType: writer.argument(unsafe value.loadUnaligned(as: Int64.self))
      case KeyEntry.bufferType: unsafe writer.argument(KeyEntry.buffer(value).pointee.bytes)
      default: writer.argument(unsafe KeyEntry.inlineString(value))
      }
    } else {
      unsafe server.keyspace.value.kinds[Int(type - KeyEntry.firstKind)].rewrite(value, key, into: &writer)
    }
    if let time = unsafe KeyEntry.expiration(entry) {
      writer.begin("PEXPIREAT", arguments: 2)
      writer.argument(key)
      writer.argument(time)
    }
  }

  private func handOver() {
    if writer.output.isEmpty { return }
    var piece = ByteBuffer(capacity: Self.pieceBytes + 4096)
    swap(&piece, &writer.output)
    consumer?.take(piece)
  }

  /// The database that the keys of `current` were in when the snapshot began; nil when all of them were seen.
  private func source(of current: Int) -> Int? { sources.firstIndex { $0.current == current && !$0.isDone } }

  @unsafe
  func willChange(_ database: Place<DatabaseState>, _ entry: UnsafeMutableRawPointer, _ server: Server) {
    guard let index = source(of: database.value.number) else { return }
    unsafe visit(entry, original: sources[index].original, server)
  }

  /// Keys were taken out of a database: they are walked to their end, and then freed. False when all were seen.
  func adopt(_ removed: RemovedKeys, from database: Int) -> Bool {
    guard consumer != nil, let index = source(of: database) else { return false }
    sources[index].current = nil
    sources[index].removed = removed
    return true
  }

  func exchange(_ first: Int, _ second: Int) {
    for index in sources.indices {
      if sources[index].current == first {
        sources[index].current = second
      } else if sources[index].current == second {
        sources[index].current = first
      }
    }
  }

  /// Walks on until `deadline` (monotonic nanoseconds); true when the walk has ended.
  func advance(until deadline: Int64, _ server: Server) -> Bool {
    for index in sources.indices where !sources[index].isDone {
      while true {
        if let consumer, !consumer.canTakeMore { return false }
        if unsafe !walk(index, server) { break }
        if Clock.monotonicNanoseconds() >= deadline { return false }
      }
      sources[index].isDone = true
      sources[index].removed?.freeLater()
      sources[index].removed = nil
    }
    handOver()
    return true
  }

  /// Visits some buckets of a source; false at its end.
  @unsafe
  private func walk(_ index: Int, _ server: Server) -> Bool {
    let original = sources[index].original
    let cursor = sources[index].cursor
    let next: UInt
    if let removed = sources[index].removed {
      next = unsafe removed.scan(cursor) { entry in unsafe visit(entry, original: original, server) }
    } else if let current = sources[index].current {
      let database = server.state.value.databases[current]
      next = unsafe database.value.keys.scan(cursor, buckets: 16) { entry in
        unsafe visit(entry, original: original, server)
      }
    } else {
      return false
    }
    sources[index].cursor = next
    return next != 0
  }
}
