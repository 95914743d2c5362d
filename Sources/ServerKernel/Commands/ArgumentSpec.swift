/// One argument of a command as COMMAND DOCS describes it.
public struct ArgumentSpec: Sendable {
  /// What an argument is.
  public enum Kind: String, Sendable {
    case string, integer, double, key, pattern, unixTime = "unix-time", pureToken = "pure-token"
    /// One of its own arguments.
    case oneOf = "oneof"
    /// Its own arguments, together.
    case block
  }

  /// How often an argument stands in a call.
  public struct Flags: OptionSet, Sendable {
    /// The bits.
    public let rawValue: UInt8
    /// The set of the given bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The argument may be left out.
    public static let optional = Flags(rawValue: 1)
    /// The argument may be repeated.
    public static let multiple = Flags(rawValue: 2)
    /// With `multiple`: the token is repeated too.
    public static let multipleToken = Flags(rawValue: 4)
  }

  /// What the argument is.
  public var kind: Kind
  /// Its name in the documentation.
  public var name: String
  /// The word that stands before the argument, or is it.
  public var token: String?
  /// How often it may stand there.
  public var flags: Flags
  /// For keys: which of the command's key specs finds it.
  public var keySpec: Int?
  /// The version of Redis that brought it, when the command is older.
  public var since: String?
  /// The version of Redis that advised against it.
  public var deprecatedSince: String?
  /// The arguments of a block, or the alternatives.
  public var arguments: [ArgumentSpec]

  /// An argument of any kind; the functions below are shorter.
  public init(
    _ kind: Kind, _ name: String, token: String? = nil, flags: Flags = [], keySpec: Int? = nil, since: String? = nil,
    deprecatedSince: String? = nil, arguments: [ArgumentSpec] = []
  ) {
    self.kind = kind
    self.name = name
    self.token = token
    self.flags = flags
    self.keySpec = keySpec
    self.since = since
    self.deprecatedSince = deprecatedSince
    self.arguments = arguments
  }

  /// A key found by the key spec of this number.
  public static func key(_ name: String = "key", _ keySpec: Int = 0, _ flags: Flags = []) -> ArgumentSpec {
    ArgumentSpec(.key, name, flags: flags, keySpec: keySpec)
  }

  /// Any bytes.
  public static func string(_ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil)
    -> ArgumentSpec
  {
    ArgumentSpec(.string, name, token: token, flags: flags, since: since)
  }

  /// A whole number.
  public static func integer(_ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil)
    -> ArgumentSpec
  {
    ArgumentSpec(.integer, name, token: token, flags: flags, since: since)
  }

  /// A floating-point number.
  public static func double(_ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil)
    -> ArgumentSpec
  {
    ArgumentSpec(.double, name, token: token, flags: flags, since: since)
  }

  /// A glob-style pattern.
  public static func pattern(_ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil)
    -> ArgumentSpec
  {
    ArgumentSpec(.pattern, name, token: token, flags: flags, since: since)
  }

  /// A point in time as Unix time.
  public static func unixTime(_ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil)
    -> ArgumentSpec
  {
    ArgumentSpec(.unixTime, name, token: token, flags: flags, since: since)
  }

  /// A word that stands for itself.
  public static func token(_ name: String, _ token: String, _ flags: Flags = [], since: String? = nil) -> ArgumentSpec {
    ArgumentSpec(.pureToken, name, token: token, flags: flags, since: since)
  }

  /// One of several alternatives.
  public static func oneOf(
    _ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil, _ arguments: [ArgumentSpec]
  ) -> ArgumentSpec {
    ArgumentSpec(.oneOf, name, token: token, flags: flags, since: since, arguments: arguments)
  }

  /// Several arguments that stand together.
  public static func block(
    _ name: String, _ flags: Flags = [], token: String? = nil, since: String? = nil, _ arguments: [ArgumentSpec]
  ) -> ArgumentSpec {
    ArgumentSpec(.block, name, token: token, flags: flags, since: since, arguments: arguments)
  }
}
