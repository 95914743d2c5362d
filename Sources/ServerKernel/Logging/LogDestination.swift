// Unsafe here: the path of the log file is kept as the address of a C string, because a signal handler must read it
// without a lock. Old paths are never freed, so the address stays valid; the path changes only at start.
import CLinux
import Containers
import Glibc
import Synchronization

/// Where log lines go: a file or standard output, and syslog as well where it is enabled.
enum LogDestination {
  /// The address of the log file's path as a C string; 0 stands for standard output.
  private static let path = Atomic<UInt>(0)
  /// Whether syslog was opened.
  private static let usesSyslog = Atomic<Bool>(false)

  /// Sends all further lines to the file at `newPath`, or to standard output when it is empty.
  static func use(_ newPath: [UInt8]) {
    let copy = newPath.isEmpty ? nil : unsafe FileSystem.withPath(newPath) { unsafe strdup($0) }
    path.store(UInt(bitPattern: copy), ordering: .releasing)
  }

  /// Whether lines go to standard output.
  static var isStandardOutput: Bool { path.load(ordering: .acquiring) == 0 }

  /// Calls `body` with the file that lines go to. Safe in signal handlers.
  static func withFile(_ body: (Int32) -> Void) {
    guard let path = unsafe UnsafePointer<CChar>(bitPattern: path.load(ordering: .acquiring)) else {
      return body(FileSystem.standardOutput)
    }
    let file = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    if file < 0 { return }
    body(file)
    close(file)
  }

  /// Appends `line`.
  static func write(_ line: [UInt8]) {
    withFile { FileSystem.writeAll(line, to: $0) }
  }

  /// Opens syslog with the name `identity`, which is kept for ever, as openlog(3) demands.
  static func openSyslog(identity: [UInt8], facility: Int32) {
    let copy = unsafe FileSystem.withPath(identity) { unsafe strdup($0) }
    unsafe openlog(copy, LOG_PID | LOG_NDELAY | LOG_NOWAIT, facility)
    usesSyslog.store(true, ordering: .relaxed)
  }

  /// Hands `message` to syslog where it is open.
  static func writeToSyslog(_ level: LogLevel, _ message: String) {
    guard usesSyslog.load(ordering: .relaxed) else { return }
    let priority = [LOG_DEBUG, LOG_INFO, LOG_NOTICE, LOG_WARNING][level.rawValue]
    unsafe FileSystem.withPath(Array(message.utf8)) { unsafe clinux_syslog(priority, $0) }
  }
}
