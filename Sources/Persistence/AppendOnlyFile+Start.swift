import Containers
import ServerKernel

extension AppendOnlyFile {
  /// Loads what is on disk and opens the file for writing; called once, at start.
  func start() {
    guard settings.isEnabled.value else { return }
    let loader = Loader(owner: self)
    if loader.readManifest() { server.whileLoading(loader.load) }
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
        let base = updated.nextBase(settings.prefix)
        Log.notice("Creating AOF base file \(base.name) on server start")
        if let error = Paths.replace(base.name, in: settings.directory, with: "") { throw error }
        updated.base = base
      }
      let isNew = updated.incremental.isEmpty
      let entry = updated.incremental.last ?? updated.nextIncremental(settings.prefix)
      try open(entry, in: settings.path(entry.name), truncating: false)
      Log.notice("\(isNew ? "Creating" : "Opening") AOF incr file \(entry.name) on server start")
      if isNew { updated.incremental = [entry] }
      if updated != manifest {
        if let error = Paths.replace(settings.manifestName, in: settings.directory, with: updated.text) { throw error }
        manifest = updated
      }
      deleteHistory()
    } catch {
      Log.warning("Can't open the append-only file: \(error.text)")
      ProcessEnd.failure()
    }
  }

  /// Deletes the files that the manifest lists as history, and then their lines.
  func deleteHistory() {
    if manifest.history.isEmpty || settings.keepsHistory.value { return }
    let paths = manifest.history.map { settings.path($0.name) }
    for entry in manifest.history { Log.notice("Removing the history file \(entry.name) in the background") }
    Removal.run { for path in paths { Paths.remove(path) } }
    manifest.history = []
    // Should this fail, the next start deletes what is left.
    _ = Paths.replace(settings.manifestName, in: settings.directory, with: manifest.text)
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

  /// Begins to keep commands, and the rewrite that writes what was there before them.
  private func switchOn() throws(ConfigurationError) {
    if let error = Paths.makeDirectory(settings.directory) {
      Log.warning("Can't open or create append-only dir \(settings.directory): \(error.text)")
      throw ConfigurationError("Unable to turn on AOF. Check server logs.")
    }
    // What an earlier life left there becomes history.
    let path = settings.path(settings.manifestName)
    if manifest == Manifest(), Paths.exists(path), let text = try? Paths.content(path),
      let found = try? Manifest(parsing: text)
    {
      manifest = found
    }
    let name = Rewrite.temporaryIncremental(settings)
    do {
      try open(Manifest.Entry(name: name, sequence: 1, kind: .incremental), in: settings.path(name), truncating: true)
    } catch {
      Log.warning("Can't open the append-only file \(name): \(error.text)")
      throw ConfigurationError("Unable to turn on AOF. Check server logs.")
    }
    if rewrite.isRunning {
      Log.warning(
        "AOF was enabled but there is already an AOF rewriting in background. "
          + "Stopping background AOF and starting a rewrite now.")
      rewrite.cancel()
    }
    setState(.waitingForRewrite)
    rewrite.schedule()
    if server.isExecutingUnit {
      Log.warning(
        "AOF was enabled during a transaction. An AOF background was scheduled to start when possible.")
    }
    rewrite.startIfDue()
  }
}

/// Deletes files where it does not matter how long that takes.
enum Removal {
  private static let thread = HelperThread()
  static func run(_ work: @escaping @Sendable () -> Void) { thread.run(work) }
}
