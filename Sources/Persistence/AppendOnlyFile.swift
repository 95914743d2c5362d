import Containers
import ServerKernel

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
  /// Whether the manifest in force is sure to be the one after a crash of the machine.
  private(set) var isManifestSynced = true

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

  /// Commands not written yet. A place, for each command adds to it: a property would be checked for exclusive access.
  private let buffer = Place(CommandBuffer())

  /// Microseconds that pass before each write: DEBUG AOF-FLUSH-SLEEP.
  var flushDelay = 0

  // Syncing.
  private let syncer = Syncer()
  private var lastSync: Int64 = 0
  private var unsyncedBytes = 0
  /// Monotonic time, as that of the last error in the log: the other clock may be set back.
  private var postponedSince: Int64?
  private(set) var delayedSyncs = 0

  /// How much is on disk, for others.
  let durability = Durability()
  /// What was given up to here (`Journal.fileEnd`) is written.
  private var writtenEnd: Int64 = 0

  // Trouble: what the last write and the last sync ended with.
  private(set) var writeError: SystemError?
  private var lastSyncError: SystemError?
  private var lastErrorLog: Int64?
  /// Syncs that failed and were told of.
  private(set) var failedSyncs = 0

  // While loading: since when, how many bytes of how many.
  var loadingSince: Int64 = 0
  var loadingTotal = 0
  var loadedBytes = 0

  private(set) lazy var rewrite = Rewrite(self)

  init(_ server: Server, _ settings: AppendOnlySettings) {
    self.server = server
    self.settings = settings
  }

  // MARK: Taking effects

  var targets: JournalTargets { .appendOnlyFile }

  func append(_ commands: borrowing Bytes, database: Int) {
    buffer.value.append(commands, database: database, time: stamp)
    server.journal.fileEnd += 1
  }

  func beginUnit(database: Int) { buffer.value.beginUnit(database: database, time: stamp) }

  func endUnit() { buffer.value.endUnit() }

  private var stamp: Int64? { settings.writesTimestamps.value ? server.unixSeconds : nil }

  // MARK: Writing

  func flush() {
    if buffer.value.writableCount > 0 {
      guard let file else { return }
      if settings.syncPolicy.value == .everySecond && mayPostpone() { return }
      server.sleep(microseconds: flushDelay)
      write(to: file)
      if writeError != nil { return }
    }
    sync()
  }

  /// Whether the write should wait because the last sync has not come back: for two seconds, no longer.
  private func mayPostpone() -> Bool {
    guard syncer.pending > 0 else {
      postponedSince = nil
      return false
    }
    let now = Clock.monotonicSeconds
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
    let expected = buffer.value.writableCount
    let circumstance: StaticString =
      settings.syncPolicy.value == .everySecond && syncer.pending > 0
      ? "aof-write-pending-fsync" : rewrite.isRunning ? "aof-write-active-child" : "aof-write-alone"
    let (written, error) = server.timed("aof-write") { server.timed(circumstance) { buffer.value.write(to: file) } }
    if let error {
      failed(file, written: written, expected: expected, error)
      return
    }
    noteWritten(written)
    writtenEnd = server.journal.fileEnd
    if writeError != nil {
      Log.warning("AOF write error looks solved, Redis can write again.")
      writeError = nil
      gateWrites()
    }
  }

  private func noteWritten(_ written: Int) {
    fileSize += written
    totalSize += written
    unsyncedBytes += written
    buffer.value.removeWritten(written)
  }

  /// Whether the last write, or the last sync, failed.
  var isInTrouble: Bool { writeError != nil || lastSyncError != nil }

  /// Has commands that change something refused while writing or syncing fails.
  private func gateWrites() {
    if let error = writeError ?? lastSyncError {
      server.refuseWrites(for: self, "MISCONF Errors writing to the AOF file: \(error.text)")
    } else {
      server.allowWrites(for: self)
    }
  }

  /// Undoes a write that stopped half way, so that the file ends with a whole command, and has writes refused.
  private func failed(_ file: File, written: Int, expected: Int, _ error: SystemError) {
    let now = Clock.monotonicSeconds
    let logs = writeError == nil || lastErrorLog.map { now - $0 >= 30 } ?? true
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
      noteWritten(written)
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

  /// Has what was written reach the disk as the policy wants it.
  private func sync() {
    guard let file, unsyncedBytes > 0 else { return }
    if settings.skipsSyncOnRewrite.value && rewrite.isRunning { return }
    switch settings.syncPolicy.value {
    case .always: syncNow(file)
    case .everySecond: syncIfDue(file)
    // Only to find out whether it works again.
    case .never: if lastSyncError != nil { syncIfDue(file) }
    }
  }

  private func syncNow(_ file: File) {
    if let error = server.timed("aof-fsync-always", { syncer.syncNow(file) }) {
      Log.warning("Can't persist AOF for fsync error when the AOF fsync policy is 'always': \(error.text). Exiting...")
      ProcessEnd.failure()
    }
    unsyncedBytes = 0
    lastSync = server.unixSeconds
    didSync(upTo: writtenEnd)
  }

  /// What was written up to here was synced. Where a sync has failed before that says nothing, until all is rewritten.
  private func didSync(upTo position: Int64) {
    if syncer.failures == rewrite.coveredSyncFailures { durability.advance(to: position) }
  }

  /// Has the file synced on the helper thread.
  private func syncBeside(_ file: File, closing: Bool = false) {
    let reference = CommandThreadReference(self), position = writtenEnd, mailbox = server.mailbox
    syncer.sync(file, closing: closing) { mailbox.post { _ in reference.object.didSync(upTo: position) } }
  }

  /// Has a sync done on the helper thread when the last is a second ago.
  private func syncIfDue(_ file: File) {
    if server.unixSeconds == lastSync || syncer.pending > 0 { return }
    unsyncedBytes = 0
    lastSync = server.unixSeconds
    syncBeside(file)
  }

  /// A sync that failed has writes refused, as a write that failed has; the next one that succeeds allows them.
  ///
  /// What the failed one was to write, the system may have forgotten: a later one that succeeds says nothing of it. So
  /// the file is rewritten then (`Rewrite.startIfDue`).
  private func noticeSyncError() {
    let error = syncer.error
    if error == nil && lastSyncError == nil && syncer.failures == failedSyncs { return }
    if syncer.failures != failedSyncs {
      failedSyncs = syncer.failures
      if lastSyncError == nil {
        Log.warning("Fail to fsync the AOF file: \(error?.text ?? "another fsync has succeeded since")")
      }
    }
    // Tried again in a second.
    if error != nil { unsyncedBytes = max(unsyncedBytes, 1) }
    lastSyncError = error
    gateWrites()
  }

  /// Called ten times a second: retries a write that failed, syncs what is left over, and starts a rewrite that is due.
  func tick() {
    if writeError != nil { flush() }
    sync()
    if file != nil && syncer.pending == 0 { noticeSyncError() }
    rewrite.startIfDue()
  }

  // MARK: Opening and closing

  /// Has what comes from now on written to this file. The old one is synced behind the switch; until that has come
  /// back writes to the new one may wait (`mayPostpone`), so that nothing is on disk there before all is here.
  func proceed(with next: File) {
    if let file { syncBeside(file, closing: true) }
    file = next
    fileSize = next.size
    buffer.value.beginFile()
    unsyncedBytes = 0
  }

  /// Makes a manifest the one in force; when it throws, the old one still is.
  func adopt(_ manifest: Manifest) throws(SystemError) {
    let content = Array(manifest.text.utf8)
    if let error = Paths.replace(settings.manifestName, in: settings.directory, with: content) { throw error }
    self.manifest = manifest
    let error = Paths.syncDirectory(settings.directory)
    isManifestSynced = error == nil
    guard let error else { return }
    Log.warning("Fail to fsync AOF directory \(settings.directory): \(error.text)")
    // What comes next may be written to a file that only this manifest names.
    if settings.syncPolicy.value == .always { ProcessEnd.failure() }
  }

  /// Keeps nothing from now on, and forgets what was not written, trouble with it included.
  func dropFile() {
    if let file { syncer.close(file) }
    file = nil
    buffer.value.forget()
    writeError = nil
    lastSyncError = nil
    syncer.note(nil)
    failedSyncs = syncer.failures
    gateWrites()
  }

  func setState(_ newState: State) {
    let old = state
    state = newState
    durability.isKept = newState != .off
    // What was given before is part of the first rewrite.
    if newState == .waitingForRewrite { durability.advance(to: server.journal.fileEnd) }
    if (old == .on) != (newState == .on) { durability.setHolding(newState == .on) }
  }

  /// Writes everything that is still to be written, and under `always` syncs it.
  func writeOut() throws(SystemError) {
    guard let file else { return }
    if buffer.value.writableCount > 0 { write(to: file) }
    if let writeError { throw writeError }
    if settings.syncPolicy.value == .always { sync() }
  }

  /// Writes and syncs everything that is still to be written; false when it cannot be.
  func finish() -> Bool {
    guard state != .off, let file else { return true }
    syncer.drain()
    if buffer.value.writableCount > 0 { write(to: file) }
    Log.notice("Calling fsync() on the AOF file.")
    if let error = syncer.syncNow(file) {
      Log.warning("Fail to fsync the AOF file: \(error.text).")
      return false
    }
    return buffer.value.writableCount == 0
  }

  /// Switches off: nothing more is written, what was written is synced.
  func close() {
    rewrite.cancel()
    _ = finish()
    dropFile()
    setState(.off)
  }

  var syncThread: HelperThread { syncer.thread }
  var pendingSyncs: Int { syncer.pending }
  var bufferedBytes: Int { buffer.value.count }
  /// Bytes that wait to be written while the file is on.
  var waitingBytes: Int { state == .off ? 0 : bufferedBytes }
}
