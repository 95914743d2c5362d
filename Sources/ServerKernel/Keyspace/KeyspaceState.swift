import Containers

/// What all databases share. One place of it exists for a server; hot code reads it through `Place`.
@usableFromInline
struct KeyspaceState: ~Copyable {
  @usableFromInline let heap: Heap
  @usableFromInline let hash: KeyHash
  /// Value types by number, from `KeyEntry.firstKind` on.
  @usableFromInline var kinds: [ValueKind] = []

  /// Time for the command being executed, Unix milliseconds: the same for all that it looks at.
  @usableFromInline var now: Int64 = 0
  /// What a key's clock is set to on access: seconds, or LFU minutes when `usesLFU`.
  @usableFromInline var accessClock: UInt32 = 0
  @usableFromInline var usesLFU = false
  var lfuDecayMinutes = 1
  var lfuLogFactor = 10
  /// The client asked not to touch keys (CLIENT NO-TOUCH).
  @usableFromInline var leavesClock = false
  /// Keys past their time are kept and served as they are: while loading.
  @usableFromInline var keepsExpired = false
  /// Expired keys are treated as missing, but stay: while writes are paused.
  @usableFromInline var hidesExpired = false
  /// Those that are hidden go when a command is about to write to them.
  var writesRemoveHidden = false

  /// The key whose hash was computed ahead, and that hash.
  @usableFromInline var prehashedKey: UInt = 0
  @usableFromInline var prehash: UInt64 = 0

  /// Changes since start; a command changed something when this moved.
  @usableFromInline var dirty: Int = 0
  @usableFromInline var hits = 0
  @usableFromInline var misses = 0
  @usableFromInline var expiredKeys = 0

  /// Event classes that are switched on.
  @usableFromInline var notifies: KeyspaceEvent.Class = []
  /// Large strings that replies are sent from.
  let lentStrings = LentStrings()
  /// Who is told of changes of keys, in this order.
  var observers: [any KeyspaceObserver] = [] { didSet { isObserved = !observers.isEmpty } }
  @usableFromInline private(set) var isObserved = false
  var databases: [Place<DatabaseState>] = []
  /// Those that a data set is loaded into which will take the place of the present one; mostly none.
  var databasesBeside: [Place<DatabaseState>] = []
  /// What of the data set is no key.
  var keylessData: [KeylessData] = []
  /// Bit 7 of the entries that the running snapshot need not look at; flips with each snapshot.
  @usableFromInline var snapshotParity: UInt8 = 0
  /// A snapshot walks the tables: entries of the other parity are handed over before they change.
  @usableFromInline var isSnapshotting = false
  var snapshot: Snapshot?

  // lazyfree-lazy-* settings.
  @usableFromInline var lazyExpire = false
  @usableFromInline var lazyServerDelete = false
  @usableFromInline var lazyUserDelete = false

  /// An empty buffer with a block, to edit small strings in: they lie in entries, which cannot grow.
  var editBuffer = ByteBuffer()

  /// The server around it, which outlives it.
  unowned var host: (any KeyspaceHost)?

  init(hash: KeyHash) {
    heap = .shared
    self.hash = hash
  }
}

/// One database: the table of its keys, and that of the keys that expire (the same entries).
@usableFromInline
struct DatabaseState: ~Copyable {
  @usableFromInline var keys: HashTable<KeyEntry>
  @usableFromInline var expires: HashTable<ExpiringEntry>
  @usableFromInline let number: Int
  /// Where the active expiry goes on.
  var expiryCursor: UInt = 0
  /// Running average of the time to live of expiring keys, milliseconds.
  var averageTimeToLive: Int64 = 0

  init(number: Int, hash: KeyHash) {
    self.number = number
    keys = HashTable(hash: hash)
    expires = HashTable(hash: hash)
  }
}
