// Unsafe here: the name of the running command is kept as an address, because the crash handler must read it without a
// lock. Only names that live for ever are stored.
import Synchronization

/// What the log gets when the process crashes: the signal, the stack, the running command, and what parts of the
/// server have to say. The directive `crash-log-enabled`.
public enum CrashReport {
  /// Whether a crash is reported.
  public static let isEnabled = Setting<Bool>("crash-log-enabled", default: true)

  /// The parameter to register: setting it installs or removes the handlers at once.
  public static var parameter: Parameter {
    isEnabled.parameter { () throws(ConfigurationError) in installIfEnabled() }
  }

  /// A part of the report under a heading, made when the process has crashed, so it may well fail.
  struct Section: Sendable {
    let heading: String
    let text: @Sendable () -> [UInt8]
  }

  static let commandName = Atomic<UInt>(0)
  static let sections = Mutex<[Section]>([])

  /// Notes which command runs, for the report, by the address of its name, a C string that lives for ever. One plain
  /// store.
  static func setCommand(_ command: CommandHandle) {
    commandName.store(unsafe UInt(bitPattern: command.value.name), ordering: .relaxed)
  }

  /// Adds a part to the report, such as `INFO OUTPUT`. `text` runs in a crashed process: it should read and format,
  /// and neither lock nor wait.
  public static func addSection(_ heading: String, _ text: @escaping @Sendable () -> [UInt8]) {
    sections.withLock { $0.append(Section(heading: heading, text: text)) }
  }
}
