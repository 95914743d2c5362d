// Unsafe: C's file interface. One wrapper for each system call.

import CLinux
import Containers
import Glibc
import ServerKernel

/// An open file.
struct File: Sendable {
  let descriptor: Int32

  /// Opens a file for appending, making it if need be; `truncating` empties it first.
  static func append(
    _ path: String, truncating: Bool = false, readable: Bool = false
  ) throws(SystemError) -> File {
    let flags = (readable ? O_RDWR : O_WRONLY) | O_APPEND | O_CREAT | O_CLOEXEC | (truncating ? O_TRUNC : 0)
    return unsafe try opened(open(path, flags, 0o644))
  }

  static func read(_ path: String) throws(SystemError) -> File { unsafe try opened(open(path, O_RDONLY | O_CLOEXEC)) }

  private static func opened(_ descriptor: Int32) throws(SystemError) -> File {
    if descriptor < 0 { throw SystemError(code: errno) }
    return File(descriptor: descriptor)
  }

  /// Writes as much as goes; returns how much, and the error that stopped it.
  func write(_ bytes: borrowing Bytes) -> (written: Int, error: SystemError?) {
    var written = 0
    while written < bytes.count {
      let count = unsafe Glibc.write(descriptor, bytes.baseAddress + written, bytes.count - written)
      if count < 0 {
        if errno == EINTR { continue }
        return (written, SystemError(code: errno))
      }
      if count == 0 { return (written, SystemError(code: ENOSPC)) }
      written += count
    }
    return (written, nil)
  }

  /// Waits until the content is on disk.
  func sync() -> SystemError? { fdatasync(descriptor) == 0 ? nil : SystemError(code: errno) }

  /// Waits until bytes of the content are on disk; the file's size and place need not be. Commits no journal of the
  /// file system, so that others who write meanwhile do not wait for it.
  func syncBytes(from offset: Int, count: Int) -> SystemError? {
    clinux_sync_file_range(descriptor, Int64(offset), Int64(count)) == 0 ? nil : SystemError(code: errno)
  }

  func truncate(to size: Int) -> SystemError? { ftruncate(descriptor, size) == 0 ? nil : SystemError(code: errno) }

  var size: Int {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  /// The size of a file that was opened for nothing else.
  func sizeAndClose() -> Int {
    defer { close() }
    return size
  }

  func close() { Glibc.close(descriptor) }
}

/// Paths of files, and what is done to files by their path.
enum Paths {
  static func exists(_ path: String) -> Bool { unsafe access(path, F_OK) == 0 }

  /// Whether anything is there but an empty file.
  static func holdsAnything(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && (status.st_size > 0 || status.st_mode & S_IFMT != S_IFREG)
  }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  static func makeDirectory(_ path: String) -> SystemError? {
    if unsafe isDirectory(path) || mkdir(path, 0o755) == 0 { return nil }
    return SystemError(code: errno)
  }

  static func rename(_ path: String, to newPath: String) -> SystemError? {
    unsafe Glibc.rename(path, newPath) == 0 ? nil : SystemError(code: errno)
  }

  static func remove(_ path: String) { unsafe unlink(path) }

  /// Gives a file that is never changed a second name, or copies it where files have one only.
  static func duplicate(_ path: String, to newPath: String) -> SystemError? {
    remove(newPath)
    if unsafe link(path, newPath) == 0 { return nil }
    do {
      let source = try MappedFile(path)
      let copy = try File.append(newPath, truncating: true)
      defer { copy.close() }
      if let error = source.withBytes({ copy.write($0).error }) { return error }
      return copy.sync()
    } catch {
      return error
    }
  }

  /// Makes renames and new files in a directory survive a crash of the machine.
  static func syncDirectory(_ path: String) -> SystemError? {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if descriptor < 0 { return SystemError(code: errno) }
    defer { close(descriptor) }
    return fsync(descriptor) == 0 ? nil : SystemError(code: errno)
  }

  /// The same for the directory that an absolute path leads to.
  static func syncDirectory(of path: String) -> SystemError? {
    let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
    return syncDirectory(directory.isEmpty ? "/" : directory)
  }

  /// The longest file that `content` reads, bytes.
  private static let longestContent = 64 << 20

  /// The whole content of a small file.
  static func content(_ path: String) throws(SystemError) -> [UInt8] {
    let file = try File.read(path)
    defer { file.close() }
    if file.size > longestContent { throw SystemError(code: EFBIG) }
    var bytes = [UInt8](repeating: 0, count: file.size)
    var count = 0
    while count < bytes.count {
      let more = unsafe bytes.withUnsafeMutableBytes {
        unsafe Glibc.read(file.descriptor, $0.baseAddress! + count, $0.count - count)
      }
      if more < 0 { throw SystemError(code: errno) }
      if more == 0 { break }
      count += more
    }
    return Array(bytes.prefix(count))
  }

  /// Replaces a file as a whole: after a crash there is the old content or the new, never a part. That it is the new
  /// one is sure once the directory is synced.
  static func replace(_ path: String, in directory: String, with content: [UInt8]) -> SystemError? {
    let temporary = "\(directory)/temp-\(path)"
    do {
      let file = try File.append(temporary, truncating: true)
      defer { file.close() }
      if let error = file.write(content.bytes).error { return error }
      if let error = file.sync() { return error }
    } catch {
      return error
    }
    return rename(temporary, to: "\(directory)/\(path)")
  }
}

/// A file mapped into memory, for reading it from end to end.
@safe
public final class MappedFile {
  private let start: UnsafeMutableRawPointer?
  /// Its size, bytes.
  public let count: Int

  /// Maps the file of this name.
  public convenience init(_ path: String) throws(SystemError) {
    let file = try File.read(path)
    defer { file.close() }
    try self.init(file)
  }

  /// Maps a file that is open.
  init(_ file: File) throws(SystemError) {
    count = file.size
    if count == 0 {
      unsafe start = nil
      return
    }
    let memory = unsafe mmap(nil, count, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
    guard let memory = unsafe memory, unsafe memory != MAP_FAILED else { throw SystemError(code: errno) }
    unsafe madvise(memory, count, MADV_SEQUENTIAL)
    unsafe start = memory
  }

  deinit { if let start = unsafe start { unsafe munmap(start, count) } }

  /// Calls `body` with the file's content.
  public func withBytes<Result>(_ body: (borrowing Bytes) -> Result) -> Result {
    guard let start = unsafe start else { return body(Bytes("")) }
    return body(unsafe Bytes(unsafeStart: UnsafeRawPointer(start), count: count))
  }
}
