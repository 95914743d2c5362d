/// How much a log line matters: the value of `loglevel`.
public enum LogLevel: Int, SettingChoice, Comparable {
  case debug, verbose, notice, warning

  /// The word in configuration files.
  public var name: String {
    switch self {
    case .debug: "debug"
    case .verbose: "verbose"
    case .notice: "notice"
    case .warning: "warning"
    }
  }

  /// The character that stands for the level in a log line.
  var symbol: Character {
    switch self {
    case .debug: "."
    case .verbose: "-"
    case .notice: "*"
    case .warning: "#"
    }
  }

  /// A lower level matters less.
  public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}

/// What the process is, as the letter in its log lines says.
public enum LogRole: UInt8, Sendable {
  /// It is starting, before it is a server.
  case starting = 0x43
  /// A master.
  case master = 0x4d
  /// A replica.
  case replica = 0x53
}
