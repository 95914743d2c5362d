import Containers
import Glibc
import Synchronization

/// The server's log: `PID:ROLE dd Mon yyyy HH:MM:SS.mmm LEVEL message`, as Redis writes it.
///
/// Callable from every thread. Each line is one write(2), so lines of several threads do not mix. The file is opened
/// for each line, so it can be rotated by renaming it.
public enum Log {
  /// Lines below this level are not written.
  public static let level = Setting<LogLevel>("loglevel", default: .notice)

  private static let currentRole = Atomic<UInt8>(LogRole.starting.rawValue)

  /// What the process says it is.
  public static var role: LogRole {
    get { LogRole(rawValue: currentRole.load(ordering: .relaxed)) ?? .starting }
    set { currentRole.store(newValue.rawValue, ordering: .relaxed) }
  }

  /// Logs what only helps a developer.
  public static func debug(_ message: @autoclosure () -> String) { write(.debug, message()) }
  /// Logs detail that is rarely useful.
  public static func verbose(_ message: @autoclosure () -> String) { write(.verbose, message()) }
  /// Logs what an operator should know.
  public static func notice(_ message: @autoclosure () -> String) { write(.notice, message()) }
  /// Logs what is wrong, or important enough to be always shown.
  public static func warning(_ message: @autoclosure () -> String) { write(.warning, message()) }

  /// Writes one line. The message is made only if it is written.
  public static func write(_ level: LogLevel, _ message: @autoclosure () -> String) {
    guard level >= Self.level.value else { return }
    let message = message()
    let role = Character(Unicode.Scalar(currentRole.load(ordering: .relaxed)))
    LogDestination.write(Array("\(getpid()):\(role) \(LogTime.now()) \(level.symbol) \(message)\n".utf8))
    LogDestination.writeToSyslog(level, message)
  }

  /// Writes `text` as it stands, for what spans lines.
  public static func raw(_ level: LogLevel, _ text: String) {
    guard level >= Self.level.value else { return }
    LogDestination.write(Array(text.utf8))
    LogDestination.writeToSyslog(level, text)
  }
}
