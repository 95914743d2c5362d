import Containers
import ServerKernel
import Synchronization

/// The append-only file: takes the effects of commands from the kernel and writes them, once per tick, before any
/// reply of that tick.
final class AppendOnlyFile: JournalListener {
  enum State {
    case off, on
    /// Switched on at run time: the first rewrite is to come, or under way. Commands are kept beside only while it
    /// runs, since what came before it is part of it.
    case waitingForRewrite
  }

  let settings: AppendOnlySettings
  private(set) unowned var server: Server
  private(set) var state = State.off
  var manifest = Manifest()

  /// The incremental file being written; without one nothing is kept.
  private(set) var file: File? {
    didSet {
      if oldValue == nil && file != nil { server.attach(self) }
      if oldValue != nil && file == nil { server.detach(self) }
    }
  }
  /// Bytes of all files together, and what they were after the last rewrite.
  var totalSize = 0
  var sizeAfterRewrite = 0
  /// Bytes of the present incremental file that are whole commands.
  private var fileSize = 0

  /// Commands not written yet.
  private var buffer = ByteBuffer()
  private var selected = -1
  private var lastTimestamp: Int64 = 0

  // Syncing.
  private let syncThread = HelperThread()
  private let syncError = Atomic<Int32>(0)
  private var lastSync: Int64 = 0
  private var unsyncedBytes = 0
  private var postponedSince: Int64?
  private(set) var delayedSyncs = 0

  // Trouble: what the last write and the last sync on the helper thread ended with.
  private(set) var writeError: SystemError?
  private var lastSyncError: SystemError?
  private var lastErrorLog: Int64 = 0

  // While loading: since when, how many bytes of how many.
  var loadingSince: Int64 = 0
  var loadingTotal = 0
  var loadedBytes = 0

  private(set) lazy var rewrite = Rewrite(self)

  init(_ server: Server, _ settings: AppendOnlySettings) {
    self.server = server
    self.settings = settings
  }

  /// The buffer is emptied in one piece; one of this size is kept for the next tick.
  private static let keptCapacity = 1 << 20

  // MARK: Taking effects

  func append(_ commands: borrowing Bytes, database: Int) {
    if settings.writesTimestamps.value { stamp() }
    if database >= 0 && database != selected { select(database) }
    buffer.append(commands)
  }

  private func select(_ database: Int) {
    selected = database
    var writer = CommandWriter()
    writer.begin("SELECT", arguments: 1)
    writer.argument(Int64(database))
    buffer.append(writer.output.bytes)
  }

  /// An annotation with the time, for recovery up to a point in time.
  private func stamp() {
    let now = server.unixSeconds
    if now == lastTimestamp { return }
    lastTimestamp = now
    buffer.append("#TS:")
    buffer.append(decimal: now)
    buffer.append("\r\n")
  }

  // MARK: Writing

  func flush() {
    if buffer.isEmpty {
      syncIfDue()
      return
    }
    guard let file else { return }
    let policy = settings.syncPolicy.value
    if policy == .everySecond && mayPostpone() { return }
    if server.journalDelay > 0 { server.sleep(microseconds: server.journalDelay) }
    write(to: file)
    if writeError != nil { return }
    if policy == .always {
      syncNow(file)
    } else {
      syncIfDue()
    }
  }

  /// Whether the write should wait because the last sync has not come back: for two seconds, no longer.
  private func mayPostpone() -> Bool {
    guard syncThread.pendingJobs > 0 else {
      postponedSince = nil
      return false
    }
    let now = server.unixSeconds
    guard let since = postponedSince else {
      postponedSince = now
      return true
    }
    if now - since < 2 { return true }
    delayedSyncs += 1
    postponedSince = nil
    Log.notice(
      "Asynchronous AOF fsync is taking too long (disk is busy?). Writing the AOF buffer without waiting for fsync to "
        + "complete, this may slow down Redis.")
    return false
  }

  private func write(to file: File) {
    let (written, error) = file.write(buffer.bytes)
    let expected = buffer.count
    if let error {
      failed(file, written: written, expected: expected, error)
      return
    }
    fileSize += written
    totalSize += written
    unsyncedBytes += written
    buffer.removeAll(keepingCapacityUpTo: Self.keptCapacity)
    if writeError != nil {
      Log.warning("AOF write error looks solved, Redis can write again.")
      writeError = nil
      gateWrites()
    }
  }

  /// Whether the last write, or the last sync, failed.
  var isInTrouble: Bool { writeError != nil || lastSyncError != nil }

  /// Has commands that change something refused while writing or syncing fails.
  private func gateWrites() {
    if let error = writeError ?? lastSyncError {
      server.refuseWrites("MISCONF Errors writing to the AOF file: \(error.text)")
    } else {
      server.allowWrites()
    }
  }

  /// Undoes a write that stopped half way, so that the file ends with a whole command, and has writes refused.
  private func failed(_ file: File, written: Int, expected: Int, _ error: SystemError) {
    let now = server.unixSeconds
    let logs = now - lastErrorLog >= 30 || writeError == nil
    if logs { lastErrorLog = now }
    if logs {
      if written == 0 {
        Log.warning("Error writing to the AOF file: \(error.text)")
      } else {
        Log.warning("Short write while writing to the AOF file: (nwritten=\(written), expected=\(expected))")
      }
    }
    if written > 0, let problem = file.truncate(to: fileSize) {
      Log.warning(
        "Could not remove short write from the append-only file.  Redis may refuse to load the AOF the next time it "
          + "starts.  ftruncate: \(problem.text)")
      // What is in the file stays there, so it is not written again.
      fileSize += written
      totalSize += written
      buffer.removeFirst(written)
    }
    if settings.syncPolicy.value == .always {
      // Nothing may be acknowledged that is not on disk, and the effect in memory cannot be undone.
      Log.warning("Can't recover from AOF write error when the AOF fsync policy is 'always'. Exiting...")
      ProcessEnd.failure()
    }
    writeError = error
    gateWrites()
  }

  // MARK: Syncing

  private func syncNow(_ file: File) {
    if settings.skipsSyncOnRewrite.value && rewrite.isRunning { return }
    if let error = file.sync() {
      Log.warning("Can't persist AOF for fsync error when the AOF fsync policy is 'always': \(error.text). Exiting...")
      ProcessEnd.failure()
    }
    unsyncedBytes = 0
    lastSync = server.unixSeconds
  }

  /// Under `everysec`, has a sync done on the helper thread when the last is a second ago.
  private func syncIfDue() {
    guard let file, settings.syncPolicy.value == .everySecond, unsyncedBytes > 0 else { return }
    if server.unixSeconds == lastSync || syncThread.pendingJobs > 0 { return }
    if settings.skipsSyncOnRewrite.value && rewrite.isRunning { return }
    unsyncedBytes = 0
    lastSync = server.unixSeconds
    syncThread.run { [report = SyncReport(self)] in report.sync(file) }
    noticeSyncError()
  }

  /// A sync that failed has writes refused, as a write that failed has; the next one that succeeds allows them.
  private func noticeSyncError() {
    let code = syncError.load(ordering: .acquiring)
    if code == 0 && lastSyncError == nil { return }
    let error = code == 0 ? nil : SystemError(code: code)
    if let error {
      if lastSyncError == nil { Log.warning("Fail to fsync the AOF file: \(error.text)") }
      // Tried again in a second.
      unsyncedBytes = max(unsyncedBytes, 1)
    }
    lastSyncError = error
    gateWrites()
  }

  /// What the sync thread may touch of this object: the place of the last error.
  private struct SyncReport: @unchecked Sendable {
    let owner: AppendOnlyFile
    init(_ owner: AppendOnlyFile) { self.owner = owner }

    func sync(_ file: File) {
      owner.syncError.store(file.sync()?.code ?? 0, ordering: .releasing)
    }
  }

  /// Called once a second: retries a write that failed, syncs what is left over, and starts a rewrite that is due.
  func tick() {
    if writeError != nil { flush() }
    syncIfDue()
    if syncThread.pendingJobs == 0 { noticeSyncError() }
    rewrite.startIfDue()
  }

  // MARK: Opening and closing

  /// Has what comes from now on written to this file.
  func proceed(with next: File) {
    if let file {
      // The old file's last bytes are synced behind the switch.
      syncThread.run {
        _ = file.sync()
        file.close()
      }
    }
    file = next
    fileSize = next.size
    selected = -1
    unsyncedBytes = 0
  }

  /// Keeps nothing from now on, and forgets what was not written.
  func dropFile() {
    syncThread.drain()
    file?.close()
    file = nil
    buffer.removeAll(keepingCapacityUpTo: 0)
    selected = -1
  }

  func setState(_ newState: State) { state = newState }

  /// Writes and syncs everything that is still to be written; false when it cannot be.
  func finish() -> Bool {
    guard state != .off, let file else { return true }
    syncThread.drain()
    if !buffer.isEmpty { write(to: file) }
    Log.notice("Calling fsync() on the AOF file.")
    if let error = file.sync() {
      Log.warning("Fail to fsync the AOF file: \(error.text).")
      return false
    }
    return buffer.isEmpty
  }

  /// Writes what is buffered, and waits for it to be on disk.
  func flushAndSync() -> Bool {
    guard let file else { return true }
    if !buffer.isEmpty { write(to: file) }
    syncThread.drain()
    return buffer.isEmpty && file.sync() == nil
  }

  /// Switches off: nothing more is written, what was written is synced.
  func close() {
    rewrite.cancel()
    _ = finish()
    dropFile()
    state = .off
    writeError = nil
    lastSyncError = nil
    gateWrites()
  }

  var pendingSyncs: Int { syncThread.pendingJobs }
  var bufferedBytes: Int { buffer.count }
}
