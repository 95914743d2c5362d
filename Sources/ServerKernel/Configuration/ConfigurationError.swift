import Containers

/// Why a value was refused, worded as Redis words it.
public struct ConfigurationError: Error, Equatable {
  /// The reason, as it stands at the end of the error reply or of the start-up report.
  public let reason: String

  /// An error with the given reason.
  public init(_ reason: String) { self.reason = reason }

  /// Another number of words than the directive takes.
  public static let wrongNumberOfArguments = ConfigurationError("wrong number of arguments")
}

/// Two parts of the server declared the same directive: a mistake in the program that stops its start.
public struct ConfigurationRegistrationError: Error, Equatable {
  /// What to tell the developer.
  public let message: String
}

/// Why `CONFIG SET` changed nothing.
public enum ConfigurationSetError: Error, Equatable {
  /// No parameter has this name.
  case unknown(name: [UInt8])
  /// A value was refused, or the parameter cannot be set now.
  case refused(argument: [UInt8], reason: String)
  /// The parameter must not change while the data set is loaded.
  case loading

  /// The error reply, from its code on, without the leading `-`.
  public var reply: ErrorText {
    switch self {
    case .unknown(let name):
      "ERR Unknown option or number of arguments for CONFIG SET - '\(name.bytes)'"
    case .refused(let argument, let reason):
      "ERR CONFIG SET failed (possibly related to argument '\(argument.bytes)') - \(reason)"
    case .loading:
      "LOADING Redis is loading the dataset in memory"
    }
  }
}
