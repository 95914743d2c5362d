import Containers
import Glibc
import RDB
import ServerKernel

/// A data set that another server sends as a dump file: received into a file of its own, loaded in place of what there
/// is, and then made the dump file.
public final class ReceivedDump {
  private unowned let server: Server
  private let file: File
  /// Its name; nil when it lies in memory.
  private let path: String?
  /// Bytes received.
  public private(set) var count = 0
  private var isClosed = false
  private var hasName = true

  /// Makes the file, in the working directory or in memory.
  public init(_ server: Server, inMemory: Bool) throws(SystemError) {
    self.server = server
    if inMemory {
      path = nil
      file = try File.inMemory()
    } else {
      let path =
        "\(String(decoding: WorkingDirectory.path, as: UTF8.self))/temp-\(server.unixSeconds).\(getpid()).rdb"
      self.path = path
      file = try File.append(path, truncating: true, readable: true)
    }
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
    if let path, hasName { Removal.remove(path) }
    hasName = false
    close()
  }

  private func close() {
    if isClosed { return }
    isClosed = true
    file.close()
  }

  // MARK: Becoming the data set

  /// Has it take the place of the dump file, unless it lies in memory; the reason when that fails.
  public func install() -> String? {
    guard let path, let dump = server.service(DumpFile.self) else { return nil }
    // A save that began before would replace it.
    if dump.running != nil { dump.cancel() }
    if let error = file.sync() { return error.text }
    if let error = Paths.rename(path, to: dump.path) { return error.text }
    hasName = false
    close()
    return Paths.syncDirectory(of: dump.path)?.text
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

  /// Loads it into the databases, which are empty, or into those beside; clients are served now and then, as at start.
  public func load(collectingRecords: Bool) -> Result<RDBReader.Summary, RDBError> {
    let mapped: MappedFile
    do throws(SystemError) {
      mapped = try MappedFile(file)
    } catch {
      return .failure(RDBError(error.text))
    }
    guard let owner = server.service(AppendOnlyFile.self), let dump = server.service(DumpFile.self) else {
      return .failure(RDBError("nobody loads files"))
    }
    var options = RDBReader.Options()
    options.dropsExpired = false
    options.collectsRecords = collectingRecords
    return DumpLoader(dump: dump, appendOnlyFile: owner).load(
      mapped, called: "RDB file received from the primary", options)
  }

  /// The data set is another one since: files that follow its changes are begun anew.
  public static func dataSetWasReplaced(_ server: Server) {
    server.service(DumpFile.self)?.noteLoaded()
    server.service(AppendOnlyFile.self)?.dataSetWasReplaced()
  }
}
