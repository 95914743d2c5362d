import Containers
import RDB
import ServerKernel

/// Loads the dump file.
struct DumpLoader {
  let dump: DumpFile
  let appendOnlyFile: AppendOnlyFile

  private var server: Server { dump.server }

  /// Loads the file at start, if there is one. Whatever cannot be loaded as a whole stops the start.
  func loadAtStart() {
    if !Paths.exists(dump.path) { return }
    let start = Clock.monotonicNanoseconds()
    var options = RDBReader.Options()
    options.notesRemoved = true
    guard load(options) else {
      Log.warning("Terminating server after rdb file reading failure.")
      Log.warning("Fatal error loading the DB, check server logs. Exiting.")
      ProcessEnd.failure()
    }
    Log.notice("DB loaded from disk: \(Duration.text(since: start)) seconds")
  }

  /// Loads the file into the data set; false, and the log tells why, when that fails.
  func load(_ given: RDBReader.Options) -> Bool {
    var options = given
    // A replica's primary removes them.
    if server.isReplica { options.dropsExpired = false }
    let mapped: MappedFile
    do {
      mapped = try MappedFile(dump.path)
    } catch {
      Log.warning("Fatal error: can't open the RDB file \(dump.settings.fileName.text) for reading: \(error.text)")
      return false
    }
    switch load(mapped, called: "RDB file \(dump.settings.fileName.text)", options) {
    case .success(let summary):
      dump.noteLoaded()
      Log.notice(
        "Done loading RDB, keys loaded: \(summary.keys), keys expired: \(summary.expiredKeys)"
          + (summary.emptyKeys > 0 ? ", empty keys skipped: \(summary.emptyKeys)." : "."))
      return true
    case .failure(let error):
      Log.warning("Bad file format reading the RDB file \(dump.settings.fileName.text): \(error.text)")
      return false
    }
  }

  /// Loads a file into the data set, while INFO and the log, which calls it `name`, tell how far that is; clients are
  /// served now and then.
  func load(
    _ file: MappedFile, called name: String, _ options: RDBReader.Options
  ) -> Result<RDBReader.Summary, RDBError> {
    load(size: file.count, called: name, options) { options, progress in
      file.withBytes { bytes in
        Result { () throws(RDBError) in try RDBReader.read(bytes, into: server, options, progress: progress) }
      }
    }
  }

  /// The same of a file that arrives, of this size if that is known.
  func load(
    _ file: any ArrivingFile, size: Int?, called name: String, _ options: RDBReader.Options
  ) -> Result<RDBReader.Summary, RDBError> {
    load(size: size, called: name, options) { options, progress in
      Result { () throws(RDBError) in try RDBReader.read(file, into: server, options, progress: progress) }
    }
  }

  private func load(
    size: Int?, called name: String, _ given: RDBReader.Options,
    _ read: (RDBReader.Options, (Int) -> Void) -> Result<RDBReader.Summary, RDBError>
  ) -> Result<RDBReader.Summary, RDBError> {
    var options = given
    options.keyDelay = dump.settings.loadDelay.value
    options.bytesPerReport = appendOnlyFile.settings.bytesPerService.value
    appendOnlyFile.loadingSince = server.unixSeconds
    appendOnlyFile.loadingTotal = size ?? 0
    appendOnlyFile.loadedBytes = 0
    var progress = LoadingProgress(appendOnlyFile, file: name, size: size)
    let outcome = read(options) { progress.reached($0) }
    if case .success(let summary) = outcome { dump.loaded = summary }
    return outcome
  }
}
