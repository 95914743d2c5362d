/// What INFO, LASTSAVE and MEMORY tell of files; provided by whoever keeps the data set on disk.
public struct PersistenceStatus: Sendable {
  /// `Server.changes` when the data set was last saved.
  public var changesAtLastSave = 0
  /// When a save began that is under way, Unix seconds.
  public var saveStartedAt: Int64?
  /// When the data set was last saved, Unix seconds; nil means at the start of the process.
  public var lastSaveTime: Int64?
  /// Whether the last snapshot failed.
  public var lastSaveFailed = false
  /// How long the last background save took, -1 when there was none.
  public var lastSaveSeconds: Int64 = -1
  /// Snapshots that were written.
  public var saves = 0
  /// Keys that the last load brought.
  public var loadedKeys = 0
  /// Keys that were dropped by the last load because their time was over.
  public var loadedKeysExpired = 0

  /// How far a running snapshot is.
  public var snapshotKeysDone = 0
  /// Keys there were when the running snapshot began.
  public var snapshotKeysTotal = 0
  var snapshotShare: Double { snapshotKeysTotal > 0 ? Double(snapshotKeysDone) / Double(snapshotKeysTotal) : 0 }
  /// How much of the running snapshot is done, percent.
  public var snapshotPercent: Double { snapshotShare * 100 }

  /// The append-only file, nil while it is off.
  public var appendOnlyFile: AppendOnlyFile?
  /// When the running rewrite began, Unix seconds; nil when none runs.
  public var rewriteStartedAt: Int64?
  /// Whether a rewrite waits for its turn.
  public var isRewriteScheduled = false
  /// How long the last rewrite took, seconds; -1 when there was none.
  public var lastRewriteSeconds: Int64 = -1
  /// Whether the last rewrite failed.
  public var lastRewriteFailed = false
  /// Rewrites that were completed.
  public var rewrites = 0
  /// Failed rewrites since the last that succeeded.
  public var rewriteFailures = 0
  /// Whether the last write to the append-only file failed.
  public var lastWriteFailed = false
  /// The file that is being loaded.
  public var loading: Loading?

  /// Nothing was saved or loaded yet.
  public init() {}

  /// Sizes in bytes, and what waits for the disk.
  public struct AppendOnlyFile: Sendable {
    /// Bytes in all files together.
    public var size: Int
    /// Bytes after the last rewrite or the start.
    public var baseSize: Int
    /// Bytes that wait to be written.
    public var bufferLength: Int
    /// Syncs that are asked for and not done.
    public var pendingSyncs: Int
    /// Writes that had to go on without waiting for a sync.
    public var delayedSyncs: Int

    /// What is known of the append-only file.
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
    /// When loading began, Unix seconds.
    public var startedAt: Int64
    /// Bytes to load.
    public var total: Int
    /// Bytes loaded so far.
    public var loaded: Int

    /// How far loading has come.
    public init(startedAt: Int64, total: Int, loaded: Int) {
      self.startedAt = startedAt
      self.total = total
      self.loaded = loaded
    }
  }
}

extension Server {
  /// What is known of files.
  public var persistence: PersistenceStatus { lifecycle.persistenceStatus?() ?? PersistenceStatus() }
}
