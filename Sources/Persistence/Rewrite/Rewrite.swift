import Containers
import Glibc
import RDB
import ServerKernel
import Synchronization

/// The rewrite of the append-only file: a snapshot as the new base, while commands go on into a new incremental
/// file. The kernel's snapshot hands the base over piece by piece; a helper thread writes it.
final class Rewrite: SnapshotConsumer {
  private unowned let owner: AppendOnlyFile
  private var output: SnapshotFile?
  /// What the output will be in the manifest.
  private var base: Manifest.Entry?
  /// How the base is written; nil for commands.
  private var format: RDBEncoder.Options?
  /// The first incremental file that is not part of the snapshot; nil when there will be none.
  private var firstKept: Manifest.Entry?
  private var startedAt: Int64 = 0
  private(set) var isScheduled = false
  private(set) var lastSeconds: Int64 = -1
  private(set) var lastSucceeded = true
  private(set) var count = 0
  /// Syncs of the owner that had failed when the running rewrite began, and when the last that succeeded did: what they
  /// were to write is in its base.
  private var syncFailuresAtStart = 0
  private(set) var coveredSyncFailures = 0
  /// What the running rewrite's commands are written with, which count the keys.
  private var commandEncoders: [CommandEncoder] = []

  // Automatic rewrites that fail wait longer and longer.
  private var failures = 0
  var consecutiveFailures: Int { failures }
  /// Monotonic time: the other clock may be set back.
  private var nextAttempt: Int64 = 0
  private static let longestDelayMinutes: Int64 = 60

  init(_ owner: AppendOnlyFile) { self.owner = owner }

  private var server: Server { owner.server }
  private var settings: AppendOnlySettings { owner.settings }

  var isRunning: Bool { output != nil }

  /// Whether a dump file is being written in the background.
  private var isDumpRunning: Bool { server.service(DumpFile.self)?.isSaving ?? false }

  /// When the running rewrite began, Unix seconds; nil when none runs.
  var runningSince: Int64? { isRunning ? startedAt : nil }

  enum Start {
    case started, alreadyRunning, failed
    /// It begins when the running transaction is over, as files and snapshots take transactions as a whole, or when
    /// another snapshot is, if only to be cleared away after it was given up.
    case scheduled
  }

  /// Has one begin as soon as it can, and as if none had failed before.
  func schedule() {
    isScheduled = true
    failures = 0
  }

  /// Begins a rewrite.
  @discardableResult
  func start() -> Start {
    if isRunning { return .alreadyRunning }
    if server.isExecutingUnit || server.isSnapshotting || isDumpRunning {
      schedule()
      return .scheduled
    }
    isScheduled = false
    if let error = Paths.makeDirectory(settings.directory) {
      Log.warning("Can't open or create append-only dir \(settings.directory): \(error.text)")
      noteFailure()
      return .failed
    }
    let output: SnapshotFile
    let isDump = settings.usesPreamble.value
    do throws(SystemError) {
      base = try owner.nextBase()
      output = try SnapshotFile(
        "temp-rewriteaof-bg-\(getpid()).aof",
        stream: isDump ? RDBStream(checksums: RDBSettings.checksums.value) : nil,
        syncsIncrementally: settings.syncsIncrementally.value,
        keyDelay: server.service(DumpFile.self)?.keyDelay ?? 0)
    } catch {
      Log.warning("Opening the temp file for AOF rewrite in rewriteAppendOnlyFile(): \(error.text)")
      noteFailure()
      return .failed
    }
    do throws(SystemError) {
      switch owner.state {
      case .off: firstKept = nil
      case .on: try beginIncremental()
      case .waitingForRewrite: try beginTemporaryIncremental()
      }
    } catch {
      Log.warning("Can't open the append-only file: \(error.text)")
      fail(output)
      return .failed
    }
    self.output = output
    startedAt = server.unixSeconds
    syncFailuresAtStart = owner.failedSyncs
    format = isDump ? RDBEncoder.Options(server) : nil
    if let format {
      output.begin(RDBHeader.bytes(server, version: format.version, isBaseOfAppendOnlyFile: true))
    } else if settings.writesTimestamps.value {
      var stamp = ByteBuffer()
      stamp.append("#TS:")
      stamp.append(decimal: startedAt)
      stamp.append("\r\n")
      output.write(stamp)
    }
    commandEncoders.removeAll()
    _ = server.beginSnapshot(self)
    Log.notice("Background append only file rewriting started by pid \(getpid())")
    return .started
  }

  /// Has commands from now on written to a new incremental file, which the manifest lists before the first of them.
  private func beginIncremental() throws(SystemError) {
    try owner.writeOut()
    let entry = try owner.nextIncremental()
    var manifest = owner.manifest
    manifest.incremental.append(entry)
    // The file first: a manifest must not name what is not there, nor anything be written to a file that it does not
    // name.
    let file = try File.append(settings.path(entry.name))
    Log.notice("Creating AOF incr file \(entry.name) on background rewrite")
    do {
      try owner.adopt(manifest)
    } catch {
      file.close()
      Paths.remove(settings.path(entry.name))
      throw error
    }
    owner.proceed(with: file)
    firstKept = entry
  }

  /// Has commands from now on written to a file that no manifest lists until the first rewrite has ended.
  private func beginTemporaryIncremental() throws(SystemError) {
    firstKept = try owner.nextIncremental()
    let name = Self.temporaryIncremental(settings)
    owner.proceed(with: try File.append(settings.path(name), truncating: true))
    Log.notice("Creating AOF incr file \(name) on background rewrite")
  }

  // MARK: The snapshot

  var canTakeMore: Bool { output?.hasRoom ?? true }

  func makeEncoder() -> any SnapshotEncoder {
    if let format { return RDBEncoder(format) }
    let encoder = CommandEncoder()
    commandEncoders.append(encoder)
    return encoder
  }

  func take(_ commands: consuming ByteBuffer) {
    output?.write(commands, keys: commandEncoders.reduce(0) { $0 + $1.takeKeyCount() })
  }

  func snapshotDidEnd() {
    guard let output else { return }
    let mailbox = server.mailbox
    let reference = CommandThreadReference(self)
    output.finish { error, size in mailbox.post { _ in reference.object.finish(output, error, size) } }
  }

  // MARK: The end

  private func finish(_ output: SnapshotFile, _ error: SystemError?, _ size: Int) {
    // One that was given up comes to its end, too.
    guard output === self.output else { return }
    self.output = nil
    lastSeconds = server.unixSeconds - startedAt
    if let error {
      Log.warning("Write error writing append only file on disk: \(error.text)")
      fail(output)
      return
    }
    Log.notice("Background AOF rewrite terminated with success")
    do throws(SystemError) {
      try install(output, size)
    } catch {
      Log.warning("Error trying to put the rewritten append only file in place: \(error.text)")
      fail(output)
      return
    }
    failures = 0
    lastSucceeded = true
    coveredSyncFailures = syncFailuresAtStart
    count += 1
    Log.notice("Background AOF rewrite finished successfully")
  }

  /// Gives the new base its name and its place in the manifest; what it replaces is deleted.
  private func install(_ output: SnapshotFile, _ size: Int) throws(SystemError) {
    guard let base else { return }
    var manifest = owner.manifest.rewritten(base: base, keepingFrom: firstKept?.sequence)
    var placed: [String] = []
    do throws(SystemError) {
      try place(output.path, as: base.name)
      placed.append(base.name)
      Log.notice("Successfully renamed the temporary AOF base file \(output.path) into \(base.name)")
      if owner.state == .waitingForRewrite, let incremental = firstKept {
        // Everything that stood before is history: the snapshot and what follows it is all there is.
        manifest.incremental = [incremental]
        let temporary = Self.temporaryIncremental(settings)
        try place(settings.path(temporary), as: incremental.name)
        placed.append(incremental.name)
        Log.notice("Successfully renamed the temporary AOF incr file \(temporary) into \(incremental.name)")
      }
      try owner.adopt(manifest)
    } catch {
      // No manifest names them, and where the disk is full they are in the way.
      for name in placed { Removal.remove(settings.path(name)) }
      throw error
    }
    if owner.state == .waitingForRewrite { owner.setState(.on) }
    owner.totalSize = size + server.timed("aof-fstat") { owner.file?.size ?? 0 }
    owner.sizeAfterRewrite = owner.totalSize
    owner.deleteHistory()
  }

  /// Gives a file a name in the directory.
  private func place(_ path: String, as name: String) throws(SystemError) {
    let error = server.timed("aof-rename") { Paths.rename(path, to: settings.path(name)) }
    if let error { throw error }
  }

  private func fail(_ output: SnapshotFile) {
    output.discard()
    noteFailure()
    if owner.state == .waitingForRewrite {
      // What was kept beside begins where the next attempt does.
      owner.dropFile()
      removeTemporaryIncremental()
      isScheduled = true
    }
  }

  private func removeTemporaryIncremental() { Removal.remove(settings.path(Self.temporaryIncremental(settings))) }

  private func noteFailure() {
    lastSucceeded = false
    failures += 1
    if failures >= 3 {
      let minutes = min(Self.longestDelayMinutes, 1 << Int64(min(failures - 3, 6)))
      nextAttempt = Clock.monotonicSeconds + minutes * 60
      Log.warning(
        "Background AOF rewrite has repeatedly failed and triggered the limit, will retry in \(minutes) minutes")
    }
  }

  /// Gives a running rewrite up.
  func cancel() {
    isScheduled = false
    guard let output else { return }
    self.output = nil
    server.cancelSnapshot()
    output.discard()
    if owner.state == .waitingForRewrite { removeTemporaryIncremental() }
    // Redis' words, though it is no process.
    Log.notice("Killing AOF child")
  }

  /// Whether too many attempts have failed too short a time ago.
  private var mustWait: Bool { failures >= 3 && Clock.monotonicSeconds < nextAttempt }

  /// Starts a rewrite that was asked for, or that the growth of the file calls for.
  func startIfDue() {
    if isRunning || server.isSnapshotting || isDumpRunning { return }
    if isScheduled {
      if mustWait { return }
      start()
      return
    }
    if owner.state == .on, owner.failedSyncs != coveredSyncFailures, !owner.isInTrouble {
      if mustWait { return }
      Log.warning("The AOF may lack what a failed fsync was to write. Rewriting it.")
      start()
      return
    }
    guard owner.state == .on, settings.rewritePercentage.value > 0, owner.totalSize > settings.rewriteMinimumSize.value,
      !mustWait
    else { return }
    let (percents, overflow) = owner.totalSize.multipliedReportingOverflow(by: 100)
    let growth = (overflow ? .max : percents) / max(1, owner.sizeAfterRewrite) - 100
    if growth >= settings.rewritePercentage.value {
      Log.notice("Starting automatic rewriting of AOF on \(growth)% growth")
      start()
    }
  }

  static func temporaryIncremental(_ settings: AppendOnlySettings) -> String { "temp-\(settings.prefix).incr" }
}
