import Glibc

extension Log {
  /// The file that the log goes to, empty for standard output.
  static let file = StringSetting("logfile", default: "", flags: .immutable)
  static let syslogEnabled = Setting<Bool>("syslog-enabled", default: false, flags: .immutable)
  static let syslogIdentity = StringSetting("syslog-ident", default: "redis", flags: .immutable)
  static let syslogFacility = Setting<Int>(
    "syslog-facility", default: Int(LOG_LOCAL0), syntax: .choice(facilities), flags: .immutable)

  private static let facilities: [(name: String, value: Int)] =
    [("user", Int(LOG_USER))] + (0...7).map { ("local\($0)", Int(LOG_LOCAL0) + $0 * Int(LOG_LOCAL1 - LOG_LOCAL0)) }

  /// The parameters to register.
  public static var parameters: [Parameter] {
    [
      level.parameter, file.parameter, syslogEnabled.parameter, syslogIdentity.parameter, syslogFacility.parameter,
    ]
  }

  /// The final check to register: that the log file can be opened. From then on lines go there, as in Redis, where
  /// what was logged while the configuration was read went to standard output or to the file, by its place in it.
  public static func checkFile() throws(ConfigurationError) {
    let path = file.value ?? []
    if !path.isEmpty {
      do throws(SystemError) {
        close(try FileSystem.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC))
      } catch {
        throw ConfigurationError("Can't open the log file: \(error.text)")
      }
    }
    LogDestination.use(path)
  }

  /// Connects to syslog where the configuration asks for it; after the configuration was loaded.
  public static func openSyslogIfEnabled() {
    guard syslogEnabled.value else { return }
    LogDestination.openSyslog(
      identity: syslogIdentity.value ?? [], facility: Int32(syslogFacility.value))
  }
}
