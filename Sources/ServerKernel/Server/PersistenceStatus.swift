/// What INFO, LASTSAVE and MEMORY tell of files; provided by whoever keeps the data set on disk.
public struct PersistenceStatus: Sendable {
  /// `Server.changes` when the data set was last saved.
  public var changesAtLastSave = 0
  /// When a save began that is under way, Unix seconds.
  public var saveStartedAt: Int64?
  /// When the data set was last saved, Unix seconds; nil means at the start of the process.
  public var lastSaveTime: Int64?
  public var lastSaveFailed = false
  /// How long the last background save took, -1 when there was none.
  public var lastSaveSeconds: Int64 = -1
  public var saves = 0
  public var loadedKeys = 0
  public var loadedKeysExpired = 0

  /// How far a running snapshot is.
  public var snapshotKeysDone = 0
  public var snapshotKeysTotal = 0
  var snapshotShare: Double { snapshotKeysTotal > 0 ? Double(snapshotKeysDone) / Double(snapshotKeysTotal) : 0 }
  public var snapshotPercent: Double { snapshotShare * 100 }

  /// The append-only file, nil while it is off.
  public var appendOnlyFile: AppendOnlyFile?
  public var rewriteStartedAt: Int64?
  public var isRewriteScheduled = false
  public var lastRewriteSeconds: Int64 = -1
  public var lastRewriteFailed = false
  public var rewrites = 0
  /// Failed rewrites since the last that succeeded.
  public var rewriteFailures = 0
  public var lastWriteFailed = false
  /// The file that is being loaded.
  public var loading: Loading?

  public init() {}

  /// Sizes in bytes, and what waits for the disk.
  public struct AppendOnlyFile: Sendable {
    public var size: Int
    public var baseSize: Int
    public var bufferLength: Int
    public var pendingSyncs: Int
    public var delayedSyncs: Int

    public init(size: Int, baseSize: Int, bufferLength: Int, pendingSyncs: Int, delayedSyncs: Int) {
      self.size = size
      self.baseSize = baseSize
      self.bufferLength = bufferLength
      self.pendingSyncs = pendingSyncs
      self.delayedSyncs = delayedSyncs
    }
  }

  /// Bytes loaded of all, and since when.
  public struct Loading: Sendable {
    public var startedAt: Int64
    public var total: Int
    public var loaded: Int

    public init(startedAt: Int64, total: Int, loaded: Int) {
      self.startedAt = startedAt
      self.total = total
      self.loaded = loaded
    }
  }
}

extension Server {
  /// What is known of files.
  public var persistence: PersistenceStatus { state.value.persistenceStatus?() ?? PersistenceStatus() }

  /// How long an orderly shutdown that waits will still wait; nil when none does.
  public var shutdownInMilliseconds: Int? { nil }

  /// Objects that wait for the helper thread to be freed.
  public var lazyFreePendingObjects: Int { 0 }
}
