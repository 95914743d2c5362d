import ServerKernel
import Synchronization

/// The directives of the format itself. Whoever keeps the data set in files registers them; without, they have their
/// defaults.
public enum RDBSettings {
  /// Whether long strings are compressed.
  public static let compresses = Setting("rdbcompression", default: true)
  /// Whether files end with a checksum, and whether that is looked at.
  public static let checksums = Setting("rdbchecksum", default: true, flags: .immutable)
  /// The version of the format that is written.
  public static let version = Setting("rdb-version", default: FormatVersion.standard, range: FormatVersion.written)
  /// Accepted for the sake of files and scripts: whatever its value, everything is looked at that comes from outside.
  public static let sanitizes = Setting("sanitize-dump-payload", default: SanitizePolicy.no)

  /// Whether what is loaded is loaded whatever its checksum says: DEBUG SET-SKIP-CHECKSUM-VALIDATION.
  public static let skipsValidation = Atomic(false)
  /// Whether the checksum of a file is looked at.
  public static var validates: Bool { checksums.value && !skipsValidation.load(ordering: .relaxed) }

  /// All of them.
  public static var parameters: [Parameter] { [compresses.parameter, checksums.parameter, version.parameter] }
}

/// From whom payloads are looked at in depth: the values of `sanitize-dump-payload`.
public enum SanitizePolicy: Int, SettingChoice {
  case no, yes, clients

  /// The word in configuration files.
  public var name: String {
    switch self {
    case .no: "no"
    case .yes: "yes"
    case .clients: "clients"
    }
  }
}

extension RDBEncoder.Options {
  /// What a server's configuration says, for a file.
  public init(_ server: Server) {
    self.init()
    version = RDBSettings.version.value
    compresses = RDBSettings.compresses.value
    access = server.accessRecord
    limits = EncodingLimits(server.configuration)
  }
}
