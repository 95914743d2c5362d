import Containers

/// What a client watches; a transaction of a client whose keys changed is refused. Emptied, it keeps its memory.
struct ClientWatches: ~Copyable {
  struct Key {
    /// Its place in the table of all that is watched.
    let place: Int
    let database: Int
    /// Where its name begins and ends.
    let start: Int
    let end: Int
    /// Whether it was past its time, but not removed, when WATCH was called: its removal is no change.
    var wasExpired: Bool
  }

  var keys: [Key] = []
  /// Some watched key changed.
  var isDirty = false
  private var names = ByteBuffer()

  /// Keys, and bytes of their names, of which the memory is kept.
  private static let mostKept = 32
  private static let mostKeptBytes = 4 << 10

  /// What a watched key takes beside its bytes, here and in the table.
  private static let bytesPerKey = MemoryLayout<Key>.stride + WatchTable.bytesPerWatch

  /// About how many bytes the keys take.
  var memoryUse: Int { names.count + keys.count * Self.bytesPerKey }

  /// Whether a key of those that are watched is this one.
  func isKey(_ number: Int, _ name: borrowing Bytes, in database: Int) -> Bool {
    keys[number].database == database && self.name(number) == name
  }

  /// The name of a key.
  @_lifetime(borrow self)
  func name(_ number: Int) -> Bytes { names.bytes[keys[number].start..<keys[number].end] }

  mutating func append(_ name: borrowing Bytes, in database: Int, at place: Int, wasExpired: Bool) {
    let start = names.count
    names.append(name)
    keys.append(Key(place: place, database: database, start: start, end: names.count, wasExpired: wasExpired))
  }

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: keys.count <= Self.mostKept)
    names.removeAll(keepingCapacityUpTo: Self.mostKeptBytes)
    isDirty = false
  }
}
