/// Why the configuration could not be loaded. The server does not start.
public enum ConfigurationFileError: Error, Equatable {
  /// A line that is wrong: its number, counted from 1, its text and the reason.
  case line(number: Int, text: [UInt8], reason: String)
  /// The configuration as a whole is wrong.
  case whole(reason: String)
  /// A file cannot be opened.
  case unreadable(path: [UInt8], reason: String)

  /// What standard error gets, as Redis writes it; nil where the log gets it instead.
  public var report: [UInt8]? {
    let heading = Array("\n*** FATAL CONFIG FILE ERROR (Redis \(RedisCompatibility.version)) ***\n".utf8)
    switch self {
    case .line(let number, let text, let reason):
      return heading + Array("Reading the configuration file, at line \(number)\n>>> '".utf8) + text
        + Array("'\n\(reason)\n".utf8)
    case .whole(let reason): return heading + Array("\(reason)\n".utf8)
    case .unreadable: return nil
    }
  }

  /// Reports the error as Redis does and ends the process with status 1.
  public func exit() -> Never {
    if let report {
      FileSystem.writeAll(report, to: FileSystem.standardError)
    } else if case .unreadable(let path, let reason) = self {
      Log.warning("Fatal error, can't open config file '\(String(decoding: path, as: UTF8.self))': \(reason)")
    }
    FileSystem.exit(1)
  }
}

/// The Redis release that this server answers as.
public enum RedisCompatibility {
  /// As INFO and the start-up reports show it.
  public static let version = "7.0.15"
}
