// Unsafe here: system calls take addresses of buffers and of NUL-terminated paths. Each address is used only within
// the closure that lends it, with the buffer's own length.
import Glibc

/// The few file operations that starting, logging and rewriting the configuration need.
enum FileSystem {
  static let standardOutput = STDOUT_FILENO
  static let standardError = STDERR_FILENO

  /// The process' file mode creation mask. There is no way to read it without setting it.
  static let creationMask: mode_t = {
    let mask = umask(0o777)
    _ = umask(mask)
    return mask
  }()

  /// The content of the file at `path`.
  static func read(_ path: [UInt8]) throws(SystemError) -> [UInt8] {
    let file = try open(path, O_RDONLY | O_CLOEXEC)
    defer { close(file) }
    return try readToEnd(file)
  }

  /// All of standard input; what could be read of it where reading fails.
  static func readStandardInput() -> [UInt8] {
    (try? readToEnd(STDIN_FILENO)) ?? []
  }

  /// Writes all of `bytes`, going on after interruptions and partial writes. False when it cannot be done.
  @discardableResult
  static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    unsafe bytes.withUnsafeBytes { buffer in
      var offset = 0
      while offset < buffer.count {
        let count = unsafe write(file, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        if count < 0 && errno != EINTR { return false }
        offset += max(count, 0)
      }
      return true
    }
  }

  /// Opens the file at `path`, which must contain no NUL byte to be found.
  static func open(_ path: [UInt8], _ flags: Int32, mode: mode_t = 0o644) throws(SystemError) -> Int32 {
    let file = unsafe withPath(path) { unsafe Glibc.open($0, flags, mode) }
    if file < 0 { throw SystemError.last }
    return file
  }

  /// Removes the file at `path`. False when it cannot be done.
  @discardableResult
  static func remove(_ path: [UInt8]) -> Bool {
    unsafe withPath(path) { unsafe unlink($0) } == 0
  }

  /// The existing files that match the glob-style `pattern`, sorted.
  static func paths(matching pattern: [UInt8]) -> [[UInt8]] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard (unsafe withPath(pattern) { unsafe glob($0, 0, nil, &found) }) == 0 else { return [] }
    var paths: [[UInt8]] = []
    for index in 0..<Int(unsafe found.gl_pathc) {
      guard let path = unsafe found.gl_pathv[index] else { continue }
      paths.append(unsafe Array(UnsafeRawBufferPointer(start: path, count: strlen(path))))
    }
    return paths
  }

  /// The working directory, empty when it has been removed.
  static var workingDirectory: [UInt8] {
    var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
    let isKnown = unsafe buffer.withUnsafeMutableBytes { buffer in
      unsafe getcwd(buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count) != nil
    }
    return isKnown ? Array(buffer.prefix { $0 != 0 }) : []
  }

  /// Changes the working directory.
  static func changeDirectory(to path: [UInt8]) throws(SystemError) {
    if (unsafe withPath(path) { unsafe chdir($0) }) != 0 { throw SystemError.last }
  }

  /// Ends the process.
  static func exit(_ status: Int32) -> Never { Glibc.exit(status) }

  /// Calls `body` with `path` as a NUL-terminated string.
  static func withPath<Result>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    unsafe (path + [0]).withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { text in
        guard let start = text.baseAddress else { preconditionFailure("the buffer holds at least the NUL") }
        return unsafe body(start)
      }
    }
  }

  private static func readToEnd(_ file: Int32) throws(SystemError) -> [UInt8] {
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 << 10)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(file, $0.baseAddress, $0.count) }
      if count == 0 { return content }
      if count > 0 {
        content += chunk[..<count]
      } else if errno != EINTR {
        throw SystemError.last
      }
    }
  }
}
