import Containers
import RDB
import ServerKernel

/// Loads the data set from the append-only file at start. Whatever cannot be loaded as a whole stops the start,
/// and nothing on disk is touched, save that a torn end is cut off where the configuration allows it.
struct Loader {
  let owner: AppendOnlyFile

  private var server: Server { owner.server }
  private var settings: AppendOnlySettings { owner.settings }

  /// Reads the manifest, if there is one.
  func readManifest() {
    let path = settings.path(settings.manifestName)
    if Paths.exists(path) { owner.manifest = parse(path) }
  }

  /// Whether there is anything to load; a file of before Redis 7 is moved to where it can be.
  func prepare() -> Bool {
    if isOfOldVersion { migrateOldFile() }
    return owner.manifest.base != nil || !owner.manifest.incremental.isEmpty
  }

  private func parse(_ path: String) -> Manifest {
    let text: [UInt8]
    do {
      text = try Paths.content(path)
    } catch {
      Log.warning("Fatal error: can't open the AOF manifest file \(path) for reading: \(error.text)")
      ProcessEnd.failure()
    }
    do {
      return try Manifest(parsing: text)
    } catch {
      Log.warning("*** FATAL AOF MANIFEST FILE ERROR ***")
      if let line = error.line {
        Log.warning("Reading the manifest file, at line \(error.number)")
        Log.warning(">>> '\(line)'")
      }
      Log.warning(error.reason)
      ProcessEnd.failure()
    }
  }

  /// Whether there is a file of before Redis 7 that no manifest has taken over, or whose taking over was cut short.
  private var isOfOldVersion: Bool {
    let old = settings.prefix
    guard Paths.exists(old), !Paths.isDirectory(old) else { return false }
    if owner.manifest.base == nil && owner.manifest.incremental.isEmpty { return true }
    return owner.manifest.base?.name == old && owner.manifest.incremental.isEmpty && !Paths.exists(settings.path(old))
  }

  /// A file of before Redis 7, beside the folder, becomes the base in it.
  private func migrateOldFile() {
    let old = settings.prefix
    if let error = Paths.makeDirectory(settings.directory) {
      Log.warning("Can't open or create append-only dir \(settings.directory): \(error.text)")
      ProcessEnd.failure()
    }
    if Paths.holdsAnything(settings.path(old)) {
      Log.warning(
        "There is an old-style AOF file \(old), and one of that name in the AOF directory \(settings.directory), but "
          + "no AOF manifest that tells which is the data set. Move the other away.")
      ProcessEnd.failure()
    }
    var manifest = owner.manifest
    manifest.base = Manifest.Entry(name: old, sequence: 1, kind: .base)
    do throws(SystemError) {
      try owner.adopt(manifest)
    } catch {
      Log.warning("Can't write the AOF manifest file: \(error.text)")
      ProcessEnd.failure()
    }
    if let error = Paths.rename(old, to: settings.path(old)) {
      Log.warning("Error trying to move the old AOF file \(old) into dir \(settings.directory): \(error.text)")
      ProcessEnd.failure()
    }
    Log.notice("Successfully migrated an old-style AOF file (\(old)) into the AOF directory (\(settings.directory)).")
  }

  /// Loads all files that the manifest names.
  func load() {
    let files = (owner.manifest.base.map { [$0] } ?? []) + owner.manifest.incremental
    for file in files where !Paths.exists(settings.path(file.name)) {
      Log.warning("Unable to obtain the AOF file \(file.name) length. stat: No such file or directory")
      ProcessEnd.failure()
    }
    owner.loadingSince = server.unixSeconds
    owner.loadingTotal = files.reduce(0) { total, file in
      let size = (try? File.read(settings.path(file.name)))?.sizeAndClose() ?? 0
      // There are files that claim any size: they will not load.
      return total.addingReportingOverflow(size).overflow ? .max : total + size
    }
    var total = 0
    let start = Clock.monotonicNanoseconds()
    for (index, file) in files.enumerated() {
      let begin = Clock.monotonicNanoseconds()
      total += load(file, isLast: index == files.count - 1, loadedBefore: total)
      let kind = file.kind == .base ? "base" : "incr"
      Log.notice("DB loaded from \(kind) file \(file.name): \(Duration.text(since: begin)) seconds")
    }
    Log.notice("DB loaded from append only file: \(Duration.text(since: start)) seconds")
    owner.totalSize = total
    // What the last rewrite came to is not recorded; its base is the best guess.
    owner.sizeAfterRewrite = owner.manifest.base.flatMap { try? File.read(settings.path($0.name)) }?.sizeAndClose() ?? 0
  }

  /// Loads the snapshot that a file begins with, if it does; returns where it ends.
  private func loadPreamble(
    _ bytes: borrowing Bytes, of file: Manifest.Entry, _ progress: inout LoadingProgress
  ) -> Int {
    if !RDBReader.isFile(bytes) { return 0 }
    var options = RDBReader.Options()
    // What removes a key that is past its time follows.
    options.dropsExpired = false
    options.bytesPerReport = settings.bytesPerService.value
    do throws(RDBError) {
      var summary = try RDBReader.read(bytes, into: server, options) { progress.reached($0) }
      // Changes follow it that the place in the stream does not count.
      summary.position = nil
      server.service(DumpFile.self)?.loaded = summary
      if summary.end < bytes.count { Log.notice("Reading the remaining AOF tail...") }
      return summary.end
    } catch {
      Log.warning("Error reading the RDB preamble of the AOF file \(file.name), AOF loading aborted: \(error.text)")
      ProcessEnd.failure()
    }
  }

  /// Loads one file and returns its size.
  private func load(_ file: Manifest.Entry, isLast: Bool, loadedBefore: Int) -> Int {
    let path = settings.path(file.name)
    let mapped: MappedFile
    do {
      mapped = try MappedFile(path)
    } catch {
      Log.warning("Fatal error: can't open the append log file \(file.name) for reading: \(error.text)")
      ProcessEnd.failure()
    }
    var progress = LoadingProgress(
      owner, file: "append only file \(file.name)", size: mapped.count, loadedBefore: loadedBefore)
    let outcome = mapped.withBytes { bytes -> ReplayOutcome in
      let start = loadPreamble(bytes, of: file, &progress)
      return server.replay(bytes[start..<bytes.count]) { progress.reached(start + $0) }.moved(by: start)
    }
    let advice =
      "make a backup of your AOF file, then use ./redis-check-aof --fix \(settings.path(settings.manifestName))"
    switch outcome {
    case .complete: return mapped.count
    case .truncated(let offset):
      if mapped.withBytes({ DamageCheck.looksDamaged($0, from: offset) }) {
        Log.warning(
          "Bad file format reading the append only file \(file.name): the command at offset \(offset) is damaged, "
            + "whole commands follow it; \(advice)")
        ProcessEnd.failure()
      }
      return acceptTorn(file, path, at: offset, size: mapped.count, isLast: isLast)
    case .malformed(let offset):
      Log.warning("Bad file format reading the append only file \(file.name) at offset \(offset): \(advice)")
      ProcessEnd.failure()
    case .unknownCommand(let name, let offset):
      Log.warning("Unknown command '\(name)' reading the append only file \(file.name) at offset \(offset): \(advice)")
      ProcessEnd.failure()
    }
  }

  /// Cuts the torn end of the last file off, where the configuration allows it.
  private func acceptTorn(_ file: Manifest.Entry, _ path: String, at offset: Int, size: Int, isLast: Bool) -> Int {
    guard settings.loadsTruncated.value else {
      Log.warning(
        "Unexpected end of file reading the append only file \(file.name) at offset \(offset). You can: 1) Make a "
          + "backup of your AOF file, then use ./redis-check-aof --fix \(settings.path(settings.manifestName)). "
          + "2) Alternatively you can set the 'aof-load-truncated' configuration option to yes and restart the server.")
      ProcessEnd.failure()
    }
    guard isLast else {
      Log.warning("Fatal error: the truncated file is not the last file (\(file.name), offset \(offset))")
      ProcessEnd.failure()
    }
    Log.warning("!!! Warning: short read while loading the AOF file \(file.name)!!!")
    Log.warning("AOF \(file.name) loaded anyway because aof-load-truncated is enabled")
    Log.warning(
      "Truncating the AOF \(file.name) at offset \(offset): its last \(size - offset) bytes are an incomplete "
        + "command or transaction")
    do throws(SystemError) {
      let opened = try File.append(path)
      defer { opened.close() }
      if let error = opened.truncate(to: offset) { throw error }
    } catch {
      Log.warning("Error truncating the AOF file \(file.name): \(error.text)")
      ProcessEnd.failure()
    }
    return offset
  }
}

extension ReplayOutcome {
  /// The same of bytes that stand so far behind the beginning of a file.
  fileprivate func moved(by distance: Int) -> ReplayOutcome {
    switch self {
    case .complete: .complete
    case .truncated(let offset): .truncated(offset: offset + distance)
    case .malformed(let offset): .malformed(offset: offset + distance)
    case .unknownCommand(let name, let offset): .unknownCommand(name: name, offset: offset + distance)
    }
  }
}
