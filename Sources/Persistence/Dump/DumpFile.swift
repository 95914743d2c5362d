import Containers
import Glibc
import RDB
import ServerKernel

/// The dump file: the data set as it was at one moment, written when it is asked for and at save points.
public final class DumpFile {
  private(set) unowned var server: Server
  let settings: DumpSettings
  /// The background save that runs.
  private(set) var running: BackgroundSave?
  /// Whether one begins as soon as it can.
  private(set) var isScheduled = false

  /// When a snapshot began that is sent to others and not saved, Unix seconds: INFO shows it as a save.
  public var transferStartedAt: Int64?
  /// Whether a snapshot is saved or sent.
  var isSnapshotUnderWay: Bool { saveStartedAt != nil }
  /// Gives such a snapshot up: it advances only as fast as others take it, which no save waits for.
  public var giveUpTransfer: () -> Void = {}

  // What came of saves.
  private(set) var changesAtLastSave = 0
  private(set) var lastSaveTime: Int64?
  private(set) var lastFailed = false
  private(set) var lastSeconds: Int64 = -1
  private(set) var count = 0
  /// Files that took the place of the one before.
  private(set) var installed = 0
  /// A file from the primary that is not on disk yet.
  var received: ReceivedDump?
  private var lastAttempt: Int64 = 0
  /// What the last load brought.
  public internal(set) var loaded = RDBReader.Summary()

  /// Seconds after which a save that failed is tried again.
  private static let retrySeconds: Int64 = 5

  init(_ server: Server, _ settings: DumpSettings) {
    self.server = server
    self.settings = settings
  }

  /// Changes that no dump file has.
  var unsavedChanges: Int { server.changes - changesAtLastSave }

  /// Where the file lies. Absolute, since the working directory may change in the midst of a save.
  public var path: String { inDirectory(settings.fileName.text) }

  private func inDirectory(_ name: String) -> String {
    String(decoding: WorkingDirectory.path, as: UTF8.self) + "/" + name
  }

  private var rewrite: Rewrite? { server.service(AppendOnlyFile.self)?.rewrite }

  /// Keys that the last load left out, although the stream that the file tells of has them; told once.
  public func takeRemovedKeys() -> [(database: Int, key: [UInt8])] {
    defer { loaded.removed = [] }
    return loaded.removed
  }

  // MARK: Saving

  /// Makes the file for a snapshot; logs why it cannot be.
  private func openFile() -> SnapshotFile? {
    let name = "temp-\(getpid()).rdb"
    let path = inDirectory(name)
    ShutdownSignals.removeWhenForced(name)
    do {
      let file = try SnapshotFile(
        path, stream: RDBStream(checksums: RDBSettings.checksums.value),
        syncsIncrementally: settings.syncsIncrementally.value, keyDelay: settings.saveDelay.value)
      file.begin(
        RDBHeader.bytes(server, version: RDBSettings.version.value, isBaseOfAppendOnlyFile: false))
      return file
    } catch {
      Log.warning(
        "Failed opening the temp RDB file \(name) (in server root dir "
          + "\(String(decoding: WorkingDirectory.path, as: UTF8.self))) for saving: \(error.text)")
      return nil
    }
  }

  /// Gives a file that is written and synced its name; logs why it cannot be.
  func install(_ file: SnapshotFile, as path: String) -> Bool {
    if let error = server.timed("rdb-rename", { Paths.rename(file.path, to: path) }) {
      Log.warning("Error moving temp DB file \(file.path) on the final destination \(path): \(error.text)")
      return false
    }
    installed += 1
    if let error = Paths.syncDirectory(of: path) {
      Log.warning("Write error while saving DB to the disk(fsyncFileDir): \(error.text)")
      return false
    }
    return true
  }

  /// Saves while everyone waits; false when that fails.
  func save() -> Bool {
    if transferStartedAt != nil && server.isSnapshotting { giveUpTransfer() }
    // Another one is completed first, or cleared away after it was given up: one snapshot runs at a time.
    server.completeSnapshot()
    let path = self.path
    guard let file = openFile() else { return false }
    let save = BackgroundSave(self, file, path: path, waits: true)
    _ = server.beginSnapshot(save)
    server.completeSnapshot()
    if let error = file.finishNow() {
      Log.warning("Write error saving DB on disk: \(error.text)")
      file.discard()
      return false
    }
    guard install(file, as: path) else {
      file.discard()
      return false
    }
    Log.notice("DB saved on disk")
    changesAtLastSave = server.changes
    lastSaveTime = server.unixSeconds
    noteOutcome(failed: false)
    return true
  }

  enum Start {
    case started, failed
    /// It begins when a transaction, or another snapshot, is over.
    case scheduled
  }

  /// Begins to save in the background.
  @discardableResult
  func startInBackground() -> Start {
    if server.isExecutingUnit || server.isSnapshotting || isSaving {
      isScheduled = true
      return .scheduled
    }
    isScheduled = false
    count += 1
    lastAttempt = server.unixSeconds
    guard let file = openFile() else {
      noteOutcome(failed: true)
      return .failed
    }
    let save = BackgroundSave(self, file, path: path, waits: false)
    running = save
    _ = server.beginSnapshot(save)
    Log.notice("Background saving started by pid \(getpid())")
    return .started
  }

  /// Microseconds that each key takes to be saved, for tests; see `SaveDelay`.
  public var keyDelay: Int { settings.saveDelay.value }

  /// Begins to save in the background for someone who hears of the end: whether the file is there. False when it cannot
  /// begin.
  public func saveInBackground(whenDone: @escaping (Bool) -> Void) -> Bool {
    guard startInBackground() == .started else { return false }
    running?.whenDone = whenDone
    return true
  }

  /// Whether the file is being written in the background; the snapshot for it may have ended before.
  public var isSaving: Bool { running != nil }

  /// Whoever asked for the save that `saveInBackground` began needs it no more. It goes on where save points say that
  /// there should be files.
  public func giveUp() {
    guard let save = running, save.whenDone != nil else { return }
    save.whenDone = nil
    if settings.savePoints.value.points.isEmpty { cancel() }
  }

  func schedule() { isScheduled = true }

  /// A client asked for a save.
  func noteAsked() { count += 1 }

  /// A background save has come to its end.
  func didFinish(_ save: BackgroundSave, _ error: SystemError?) {
    guard running === save else { return }
    running = nil
    defer { save.whenDone?(!lastFailed) }
    lastSeconds = server.unixSeconds - save.startedAt
    if let error { Log.warning("Write error saving DB on disk: \(error.text)") }
    if error == nil && install(save.file, as: save.path) {
      Log.notice("DB saved on disk")
      Log.notice("Background saving terminated with success")
      changesAtLastSave = save.changesAtStart
      lastSaveTime = server.unixSeconds
      noteOutcome(failed: false)
    } else {
      Log.warning("Background saving error")
      save.file.discard()
      noteOutcome(failed: true)
    }
  }

  /// Gives a background save up that runs.
  func cancel() {
    isScheduled = false
    guard let save = running else { return }
    running = nil
    defer { save.whenDone?(false) }
    if save.isWalking { server.cancelSnapshot() }
    save.file.discard()
    // Redis' words, though it is no process.
    Log.warning("There is a child saving an .rdb. Killing it!")
  }

  private func noteOutcome(failed: Bool) {
    lastFailed = failed
    gateWrites()
  }

  /// Has commands that change something refused while saves fail that the configuration asks for.
  func gateWrites() {
    guard lastFailed && settings.stopsWrites.value && !settings.savePoints.value.points.isEmpty else {
      return server.allowWrites(for: self)
    }
    server.refuseWrites(
      for: self,
      """
      MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk. Commands that \
      may modify the data set are disabled, because this instance is configured to report errors during writes if RDB \
      snapshotting fails (stop-writes-on-bgsave-error option). Please check the Redis logs for details about the RDB \
      error.
      """)
  }

  // MARK: For others

  /// Whether a file that is there for replication alone is to go.
  var deletesSyncFile: Bool {
    let isKept = server.service(Durability.self)?.isKept ?? false
    return settings.deletesSyncFiles.value && settings.savePoints.value.points.isEmpty && !isKept
  }

  /// A file that was saved for replicas has been sent.
  public func syncFileWasSent() {
    guard deletesSyncFile, Paths.exists(path) else { return }
    Log.notice("Removing the RDB file used to feed replicas in a persistence-less instance")
    Removal.remove(path)
  }

  // MARK: Occasions

  /// The data set is what the file, or another one, holds.
  public func noteLoaded() {
    changesAtLastSave = server.changes
    lastSaveTime = server.unixSeconds
  }

  /// Called ten times a second: begins a save that was asked for, or that a save point calls for.
  func tick() {
    if isSaving || (rewrite?.isRunning ?? false) || server.isSnapshotting { return }
    let now = server.unixSeconds
    let mayTry = !lastFailed || now - lastAttempt > Self.retrySeconds
    guard mayTry else { return }
    let since = now - (lastSaveTime ?? server.startTime)
    for point in settings.savePoints.value.points
    where unsavedChanges >= point.changes && since > Int64(point.seconds) {
      Log.notice("\(point.changes) changes in \(point.seconds) seconds. Saving...")
      startInBackground()
      return
    }
    if isScheduled { startInBackground() }
  }

  /// All keys are gone: what is being saved is of no use, and the file should not bring them back.
  func allKeysWereRemoved() {
    cancel()
    if !settings.savePoints.value.points.isEmpty { _ = save() }
  }

  /// Does what a shutdown asks for; false when that fails.
  func shutDown(_ options: ShutdownOptions) -> Bool {
    cancel()
    received?.installNow()
    // What is being loaded is no data set yet.
    if server.isLoading || server.isLoadingBeside { return true }
    let saves = options.contains(.save) || (!settings.savePoints.value.points.isEmpty && !options.contains(.noSave))
    if !saves { return true }
    Log.notice("Saving the final RDB snapshot before exiting.")
    if save() { return true }
    Log.warning("Error trying to save the DB, \(options.contains(.force) ? "exit anyway" : "can't exit").")
    return false
  }

  // MARK: What is told

  /// When a save began that is under way, Unix seconds.
  var saveStartedAt: Int64? { running?.startedAt ?? transferStartedAt }
}
