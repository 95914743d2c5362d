import CLinux
import Glibc

/// Running in the background, detached from the terminal: the directive `daemonize`.
public enum Daemon {
  /// Whether the configuration asks for it. A supervised server stays in the foreground all the same.
  public static let isRequested = Setting<Bool>("daemonize", default: false, flags: .immutable)

  /// Goes on in a child process with a session of its own and with the standard streams on `/dev/null`; the parent
  /// ends with status 0. Only before any thread was started, and before the pid is used for anything.
  public static func start() {
    if clinux_fork() != 0 { exit(0) }
    setsid()
    guard let null = try? FileSystem.open(Array("/dev/null".utf8), O_RDWR) else { return }
    for stream in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] { dup2(null, stream) }
    if null > STDERR_FILENO { close(null) }
  }
}
