import Containers
import Glibc
import RDB
import ServerKernel

/// A data set that another server sends as a dump file: received into a file of its own, loaded in place of what there
/// is, and then made the dump file.
public final class ReceivedDump {
  private unowned let server: Server
  private let file: File
  private let path: String
  /// Bytes received.
  public private(set) var count = 0
  private var isClosed = false
  private var hasName = true
  /// How many files had taken the dump file's place when this one was to.
  private var installedBefore = 0

  /// Makes the file, in the working directory.
  public init(_ server: Server) throws(SystemError) {
    self.server = server
    let directory = String(decoding: WorkingDirectory.path, as: UTF8.self)
    path = "\(directory)/temp-\(server.unixSeconds).\(getpid()).rdb"
    file = try File.append(path, truncating: true, readable: true)
  }

  deinit { close() }

  /// Adds bytes at the end.
  public func append(_ bytes: borrowing Bytes) throws(SystemError) {
    let (written, error) = file.write(bytes)
    count += written
    if let error { throw error }
  }

  /// Takes so many bytes from the end.
  public func removeLast(_ bytes: Int) throws(SystemError) {
    count -= bytes
    if let error = file.truncate(to: count) { throw error }
  }

  /// Deletes it, unless it is the dump file by now.
  public func discard() {
    if hasName { Removal.remove(path) }
    hasName = false
    close()
  }

  private func close() {
    if isClosed { return }
    isClosed = true
    file.close()
  }

  // MARK: Becoming the data set

  /// Has it take the place of the dump file, when another thread has seen to it that it is on disk.
  public func install() {
    guard let dump = server.service(DumpFile.self) else { return }
    if dump.deletesSyncFile {
      Log.notice("Removing the RDB file obtained from the master in a persistence-less instance")
      return discard()
    }
    // A save that began before would replace it.
    if dump.isSaving { dump.cancel() }
    dump.received = self
    installedBefore = dump.installed
    let file = self.file, mailbox = server.mailbox, reference = CommandThreadReference(self)
    SnapshotFile.thread.run {
      let error = file.sync()
      mailbox.post { _ in reference.object.place(error) }
    }
  }

  /// The same while the caller waits: this server ends.
  func installNow() {
    SnapshotFile.thread.drain()
    place(file.sync())
  }

  private func place(_ failure: SystemError?) {
    guard let dump = server.service(DumpFile.self), dump.received === self else { return }
    dump.received = nil
    // What was saved since is newer.
    if dump.installed != installedBefore { return discard() }
    if let error = failure ?? Paths.rename(path, to: dump.path) {
      Log.warning(
        "Failed trying to rename the temp DB into \(dump.settings.fileName.text) in MASTER <-> REPLICA "
          + "synchronization: \(error.text)")
      return discard()
    }
    hasName = false
    close()
    if let error = Paths.syncDirectory(of: dump.path) {
      Log.warning("The directory of the received dump file cannot be synced: \(error.text)")
    }
  }

  /// Puts records of what is no key, that a load has collected, in the place of those that are there.
  public static func replaceKeylessData(with records: [(opcode: UInt8, bytes: [UInt8])], _ server: Server) {
    server.removeKeylessData()
    for record in records {
      guard let data = server.keylessData(opcode: record.opcode) else { continue }
      guard let error = server.load(record.bytes.bytes, of: data, replaces: true) else { continue }
      Log.warning("A library cannot be loaded: \(error.bytes.bytes.string)")
    }
  }

  /// Loads it into the databases, which are empty; clients are served now and then, as at start.
  public func load() -> Result<RDBReader.Summary, RDBError> {
    let mapped: MappedFile
    do throws(SystemError) {
      mapped = try MappedFile(file)
    } catch {
      return .failure(RDBError(error.text))
    }
    return Self.loader(server).load(mapped, called: Self.name, Self.options)
  }

  /// Loads a data set while it arrives, of this size if that is known, into the databases, which are empty, or into
  /// those beside. Records of what is no key are handed out in the summary where that is asked for.
  public static func load(
    _ file: any ArrivingFile, size: Int?, collectingRecords: Bool, _ server: Server
  ) -> Result<RDBReader.Summary, RDBError> {
    var options = Self.options
    options.collectsRecords = collectingRecords
    return loader(server).load(file, size: size, called: name, options)
  }

  private static let name = "RDB file received from the primary"

  private static var options: RDBReader.Options {
    var options = RDBReader.Options()
    // The primary says when they go.
    options.dropsExpired = false
    return options
  }

  private static func loader(_ server: Server) -> DumpLoader {
    guard let owner = server.service(AppendOnlyFile.self), let dump = server.service(DumpFile.self) else {
      preconditionFailure("registered with the module")
    }
    return DumpLoader(dump: dump, appendOnlyFile: owner)
  }

  /// The data set is another one since: files that follow its changes are begun anew.
  public static func dataSetWasReplaced(_ server: Server) {
    server.service(DumpFile.self)?.noteLoaded()
    server.service(AppendOnlyFile.self)?.dataSetWasReplaced()
  }
}
