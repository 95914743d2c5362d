// Unsafe: it walks entries, which are addresses.

import Containers

/// A point-in-time walk over all keys without a fork.
///
/// A cursor walks the tables a little each tick. Bit 7 of an entry says whether the snapshot has seen it: starting
/// one inverts its meaning, entries made later are born as seen, and an entry that is about to change or go is
/// handed over first (`Database.willChange`). A table that FLUSHALL takes away is walked to its end before it is
/// freed; a large collection is taken in pieces (`ValueWalk`). Nothing is copied and nothing waits: the price is
/// paid key by key, by those that change.
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
  var pace = SnapshotPace(at: Clock.monotonicNanoseconds())
  /// Nil when the snapshot was given up.
  private var output: SnapshotOutput?
  /// Large values that are being taken in pieces, one after another.
  private var walks: [ValueWalk] = []
  /// The first of them has been begun to be written.
  private var isWriting = false
  /// Keys that were taken out of their databases, kept until everything was handed over.
  private var kept: [RemovedKeys] = []

  init(_ keyspace: Place<KeyspaceState>, _ consumer: any SnapshotConsumer) {
    self.consumer = consumer
    let output = SnapshotOutput(consumer)
    for data in keyspace.value.keylessData { data.forEachRecord { output.write($0, of: data) } }
    self.output = output
    sources = keyspace.value.databases.indices.map { Source(current: $0, original: $0) }
  }

  func giveUp() {
    consumer = nil
    output = nil
    for walk in walks { walk.end() }
    walks = []
  }

  /// Hands an entry over unless the snapshot has seen it; `current` is the database that it is in, -1 when it was
  /// taken out of it.
  @unsafe
  private func visit(
    _ entry: UnsafeMutableRawPointer, original: Int, current: Int, _ output: SnapshotOutput?,
    _ keyspace: Place<KeyspaceState>
  ) {
    let meta = unsafe KeyEntry.meta(entry)
    if meta & KeyEntry.snapshotParity == keyspace.value.snapshotParity { return }
    unsafe entry.storeBytes(of: meta ^ KeyEntry.snapshotParity, as: UInt8.self)
    guard let output else { return }
    let key = unsafe SnapshotKey(
      KeyEntry.key(entry), database: original, expiration: KeyEntry.expiration(entry),
      accessClock: KeyEntry.clock(entry))
    let value = unsafe KeyEntry.value(entry)
    switch unsafe KeyEntry.type(entry) {
    case KeyEntry.integerType: output.write(key, string: StringView(unsafe value.loadUnaligned(as: Int64.self)))
    case KeyEntry.bufferType: output.write(key, string: StringView(unsafe KeyEntry.buffer(value).pointee.bytes))
    case KeyEntry.inlineType, KeyEntry.editedType:
      output.write(key, string: StringView(unsafe KeyEntry.inlineString(value)))
    case let type:
      let kind = keyspace.value.kinds[Int(type - KeyEntry.firstKind)]
      if let walk = unsafe ValueWalk(entry, kind, original: original, database: current) {
        walks.append(walk)
      } else {
        output.write(key, kind.format, elementCount: unsafe kind.elementCount(value)) { writer in
          unsafe kind.writeElements(value, into: &writer)
        }
      }
    }
  }

  /// The database that the keys of `current` were in when the snapshot began; nil when all of them were seen.
  private func source(of current: Int) -> Int? { sources.firstIndex { $0.current == current && !$0.isDone } }

  @unsafe
  func willChange(
    _ database: Place<DatabaseState>, _ entry: UnsafeMutableRawPointer, _ keyspace: Place<KeyspaceState>
  ) {
    guard let index = source(of: database.value.number) else { return }
    unsafe visit(entry, original: sources[index].original, current: database.value.number, output, keyspace)
  }

  /// Keys were taken out of a database: they are walked to their end, and then freed. False when nothing of them
  /// is needed any more.
  func adopt(_ removed: RemovedKeys, from database: Int) -> Bool {
    if consumer == nil { return false }
    let source = source(of: database)
    let isWalked = walks.contains { $0.database == database }
    if source == nil && !isWalked { return false }
    if let source {
      sources[source].current = nil
      sources[source].removed = removed
    }
    for index in walks.indices where walks[index].database == database { walks[index].database = -1 }
    kept.append(removed)
    return true
  }

  /// An entry was moved to another block, in the database of this number.
  @unsafe
  func entryMoved(_ old: UnsafeMutableRawPointer, to new: UnsafeMutableRawPointer, database: Int) {
    for index in walks.indices where unsafe walks[index].entry == old {
      unsafe walks[index].follow(to: new)
      walks[index].database = database
    }
  }

  /// The value of an entry is about to end; true when a walk takes it over.
  @unsafe
  func takeValue(_ entry: UnsafeMutableRawPointer) -> Bool {
    for index in walks.indices where unsafe walks[index].entry == entry {
      unsafe walks[index].takeValue()
      return true
    }
    return false
  }

  func exchange(_ first: Int, _ second: Int) {
    for index in sources.indices {
      if sources[index].current == first {
        sources[index].current = second
      } else if sources[index].current == second {
        sources[index].current = first
      }
    }
    for index in walks.indices {
      if walks[index].database == first {
        walks[index].database = second
      } else if walks[index].database == second {
        walks[index].database = first
      }
    }
  }

  /// Walks on until `deadline` (monotonic nanoseconds); true when the walk has ended.
  func advance(until deadline: Int64, _ keyspace: Place<KeyspaceState>) -> Bool {
    for index in sources.indices where !sources[index].isDone {
      while true {
        if let consumer, !consumer.canTakeMore { return false }
        if !walks.isEmpty {
          advanceWalk()
        } else if unsafe !walk(index, keyspace) {
          break
        }
        if Clock.monotonicNanoseconds() >= deadline { return false }
      }
      sources[index].isDone = true
    }
    while !walks.isEmpty {
      advanceWalk()
      if Clock.monotonicNanoseconds() >= deadline { return false }
    }
    output?.handOver()
    for removed in kept { removed.freeLater() }
    return true
  }

  /// Writes the next piece of the first large value.
  private func advanceWalk() {
    guard let output, let walk = walks.first else { return }
    if !isWriting {
      let name = walk.key
      let key = SnapshotKey(
        name.bytes, database: walk.original, expiration: walk.expiration, accessClock: walk.accessClock)
      output.begin(key, walk.kind.format, elementCount: walk.elementCount)
      isWriting = true
    }
    if output.writePiece({ walk.advance(into: &$0) }) { return }
    output.end()
    isWriting = false
    walk.end()
    walks.removeFirst()
  }

  /// Visits some buckets of a source; false at its end.
  @unsafe
  private func walk(_ index: Int, _ keyspace: Place<KeyspaceState>) -> Bool {
    let original = sources[index].original
    let cursor = sources[index].cursor
    let output = self.output
    let next: UInt
    if let removed = sources[index].removed {
      next = unsafe removed.scan(cursor) { entry in
        unsafe visit(entry, original: original, current: -1, output, keyspace)
      }
    } else if let current = sources[index].current {
      let database = keyspace.value.databases[current]
      next = unsafe database.value.keys.scan(cursor, buckets: 16) { entry in
        unsafe visit(entry, original: original, current: current, output, keyspace)
      }
    } else {
      return false
    }
    sources[index].cursor = next
    return next != 0
  }
}
