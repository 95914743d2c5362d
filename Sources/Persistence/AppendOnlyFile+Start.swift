import Containers
import RDB
import ServerKernel

extension AppendOnlyFile {
  /// Loads what is on disk and opens the file for writing; called once, at start. The manifest is read even when the
  /// file is off: switched on later, it goes on with the numbers of what is there.
  func start() {
    for thread in [syncThread, Removal.thread, SnapshotFile.thread] { thread.startOrExit() }
    let loader = Loader(owner: self)
    loader.readManifest()
    guard settings.isEnabled.value else { return deleteHistory() }
    if loader.prepare() { server.whileLoading(loader.load) } else { lookForDump() }
    openForWriting()
    setState(.on)
  }

  /// Goes on with the last incremental file, or makes the first files of a new data set.
  private func openForWriting() {
    if let error = Paths.makeDirectory(settings.directory) {
      Log.warning("Can't open or create append-only dir \(settings.directory): \(error.text)")
      ProcessEnd.failure()
    }
    do throws(SystemError) {
      var updated = manifest
      if updated.base == nil {
        let base = try nextBase()
        Log.notice("Creating AOF base file \(base.name) on server start")
        if let error = Paths.replace(base.name, in: settings.directory, with: emptyBase()) { throw error }
        updated.base = base
      }
      let isNew = updated.incremental.isEmpty
      let entry = if let last = updated.incremental.last { last } else { try nextIncremental() }
      proceed(with: try File.append(settings.path(entry.name)))
      Log.notice("\(isNew ? "Creating" : "Opening") AOF incr file \(entry.name) on server start")
      if isNew { updated.incremental = [entry] }
      if updated != manifest { try adopt(updated) }
      deleteHistory()
    } catch {
      Log.warning("Can't open the append-only file: \(error.text)")
      ProcessEnd.failure()
    }
  }

  /// What a base file holds of a data set without keys.
  private func emptyBase() -> [UInt8] {
    if !settings.usesPreamble.value { return [] }
    var content: [UInt8] = []
    let stream = RDBStream(checksums: RDBSettings.checksums.value)
    let header = RDBHeader.bytes(server, version: RDBSettings.version.value, isBaseOfAppendOnlyFile: true)
    stream.give(header.bytes) { content += $0.array }
    stream.end { content += $0.array }
    return content
  }

  /// There is no append-only file to load. Where one is kept as nobody said otherwise, a dump file is what there was
  /// before; where it was asked for, the data set starts empty, as redis-server has it.
  private func lookForDump() {
    guard let dump = server.service(DumpFile.self), Paths.exists(dump.path) else { return }
    if !server.configuration.isGiven("appendonly") {
      DumpLoader(dump: dump, appendOnlyFile: self).loadAtStart()
      return takeOver(dump)
    }
    Log.warning(
      "WARNING: the data set starts empty, as 'appendonly' is 'yes' and there is no append only file: the RDB file "
        + "\(dump.path) is not loaded. To go on from it start with 'appendonly no', then CONFIG SET appendonly yes.")
  }

  /// Makes a dump file that was loaded the base, by a second name: what is saved later is another file.
  private func takeOver(_ dump: DumpFile) {
    if let error = Paths.makeDirectory(settings.directory) {
      Log.warning("Can't open or create append-only dir \(settings.directory): \(error.text)")
      ProcessEnd.failure()
    }
    do throws(SystemError) {
      var updated = manifest
      let base = try nextBase()
      if let error = Paths.duplicate(dump.path, to: settings.path(base.name)) { throw error }
      updated.base = base
      try adopt(updated)
      totalSize = try File.read(settings.path(base.name)).sizeAndClose()
      sizeAfterRewrite = totalSize
      Log.notice("The RDB file \(dump.path) is the AOF base file \(base.name) from now on")
    } catch {
      Log.warning("Can't make the RDB file \(dump.path) the AOF base file: \(error.text)")
      ProcessEnd.failure()
    }
  }

  /// Deletes the files that the manifest lists as history, and then their lines. Not while a crash could bring the
  /// manifest back that needs them.
  func deleteHistory() {
    if manifest.history.isEmpty || settings.keepsHistory.value || !isManifestSynced { return }
    for entry in manifest.history where !manifest.needs(entry.name) {
      Log.notice("Removing the history file \(entry.name) in the background")
      Removal.remove(settings.path(entry.name))
    }
    var shorter = manifest
    shorter.history = []
    // Should this fail, the lines go with the next rewrite, or the next start.
    try? adopt(shorter)
  }

  /// CONFIG SET appendonly.
  func toggle() throws(ConfigurationError) {
    if server.databaseCount == 0 { return }
    if settings.isEnabled.value {
      if state == .off { try switchOn() }
    } else if state != .off {
      close()
    }
  }

  /// The data set is another one, which no command made: what the files hold is of no use, and they are begun anew.
  func dataSetWasReplaced() {
    if state == .off { return }
    rewrite.cancel()
    dropFile()
    setState(.off)
    do throws(ConfigurationError) {
      try switchOn()
    } catch {
      Log.warning("Failed enabling the AOF after successful master synchronization! \(error.reason)")
    }
  }

  /// Begins the rewrite that writes what was there before; commands are kept from its start on.
  private func switchOn() throws(ConfigurationError) {
    setState(.waitingForRewrite)
    if server.isExecutingUnit {
      Log.warning("AOF was enabled during a transaction. An AOF background was scheduled to start when possible.")
      return rewrite.schedule()
    }
    if rewrite.isRunning {
      Log.warning(
        "AOF was enabled but there is already an AOF rewriting in background. "
          + "Stopping background AOF and starting a rewrite now.")
      rewrite.cancel()
    }
    if server.service(DumpFile.self)?.isSaving ?? false {
      Log.warning(
        "AOF was enabled but there is already another background operation. "
          + "An AOF background was scheduled to start when possible.")
      return rewrite.schedule()
    }
    // One that was given up is still being cleared away; the next begins behind it.
    if server.isSnapshotting { return rewrite.schedule() }
    if rewrite.start() == .failed {
      rewrite.cancel()
      setState(.off)
      Log.warning(
        "Redis needs to enable the AOF but can't trigger a background AOF rewrite operation. Check the above logs for "
          + "more info about the error.")
      throw ConfigurationError("Unable to turn on AOF. Check server logs.")
    }
  }
}
