import Glibc
import Synchronization

/// Running under a service manager: the directive `supervised`.
public enum Supervision {
  /// Which service manager starts the server.
  public enum Manager: Int, SettingChoice {
    case upstart, systemd, auto, none

    /// The word in configuration files.
    public var name: String {
      switch self {
      case .upstart: "upstart"
      case .systemd: "systemd"
      case .auto: "auto"
      case .none: "no"
      }
    }
  }

  /// The service manager to expect, found out from the environment where it is `auto`.
  public static let manager = Setting<Manager>("supervised", default: .none, flags: .immutable)

  private static let active = Atomic<Int>(Manager.none.rawValue)

  /// Whether a service manager answers for the server.
  public static var isActive: Bool { active.load(ordering: .relaxed) != Manager.none.rawValue }

  /// Reports to the service manager that the server starts. Upstart expects the process to stop itself.
  public static func begin() {
    var manager = manager.value
    if manager == .auto {
      if ServiceNotification.environment("UPSTART_JOB") != nil {
        Log.verbose("Upstart supervision detected.")
        manager = .upstart
      } else if ServiceNotification.socketPath != nil {
        Log.verbose("Systemd supervision detected.")
        manager = .systemd
      }
    }
    let isSupervised =
      switch manager {
      case .upstart: beginUpstart()
      case .systemd: beginSystemd()
      case .auto, .none: false
      }
    if isSupervised { active.store(manager.rawValue, ordering: .relaxed) }
  }

  /// Tells systemd that connections are accepted.
  public static func notifyReady() {
    notifySystemd("STATUS=Ready to accept connections\n")
    notifySystemd("READY=1\n")
  }

  /// Tells systemd that the server shuts down.
  public static func notifyStopping() { notifySystemd("STOPPING=1\n") }

  private static func beginUpstart() -> Bool {
    guard ServiceNotification.environment("UPSTART_JOB") != nil else {
      Log.warning("upstart supervision requested, but UPSTART_JOB not found!")
      return false
    }
    Log.notice("supervised by upstart, will stop to signal readiness.")
    raise(SIGSTOP)
    ServiceNotification.removeFromEnvironment("UPSTART_JOB")
    return true
  }

  private static func beginSystemd() -> Bool {
    guard send("STATUS=Redis is loading...\n") else { return false }
    Log.notice(
      "Supervised by systemd. Please make sure you set appropriate values for TimeoutStartSec and TimeoutStopSec "
        + "in your service unit.")
    return true
  }

  private static func notifySystemd(_ message: String) {
    if active.load(ordering: .relaxed) == Manager.systemd.rawValue { _ = send(message) }
  }

  private static func send(_ message: String) -> Bool {
    switch ServiceNotification.send(message, to: ServiceNotification.socketPath) {
    case .sent: return true
    case .noSocket: Log.warning("systemd supervision error: NOTIFY_SOCKET not found!")
    case .failed(let error): Log.warning("systemd supervision error: sd_notify: \(-error.code)")
    }
    return false
  }
}
