/// What may be done with a configuration parameter.
public struct ParameterFlags: OptionSet, Sendable {
  /// The bits.
  public let rawValue: UInt8
  /// A set of the given bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Only the configuration file and the command line set it, `CONFIG SET` does not.
  public static let immutable = ParameterFlags(rawValue: 1 << 0)
  /// `CONFIG GET` shows it only when asked by its full name.
  public static let hidden = ParameterFlags(rawValue: 1 << 1)
  /// Its value is a secret, to be redacted in MONITOR, SLOWLOG and the log.
  public static let sensitive = ParameterFlags(rawValue: 1 << 2)
  /// It takes several words.
  public static let multipleArguments = ParameterFlags(rawValue: 1 << 3)
  /// `CONFIG SET` is refused while the data set is loaded.
  public static let deniedWhileLoading = ParameterFlags(rawValue: 1 << 4)
  /// `CONFIG SET` needs the permission given by `enable-protected-configs`.
  public static let protected = ParameterFlags(rawValue: 1 << 5)
  /// Setting the present value again counts as a change (files whose content may differ).
  public static let volatile = ParameterFlags(rawValue: 1 << 6)
  /// `CONFIG REWRITE` writes it whatever its value: the default is another one than Redis', which may read the file.
  public static let alwaysWritten = ParameterFlags(rawValue: 1 << 7)
}

/// Where a value comes from.
public enum ConfigurationSource: Sendable {
  /// A line of the configuration file or of the command line; `repeated` when an earlier line of this start
  /// named the same directive, so that directives such as `save` add up.
  case file(repeated: Bool)
  /// `CONFIG SET`, or its rollback.
  case command
}

/// One line that `CONFIG REWRITE` produces for a parameter.
public struct ConfigurationLine: Equatable, Sendable {
  /// What follows the directive's name, quoted where it needs to be.
  public let value: [UInt8]
  /// Whether the line is written even where the old file has none for it, as for values that are not the default.
  public let isForced: Bool

  /// A value of the given parts.
  public init(_ value: [UInt8], isForced: Bool) {
    self.value = value
    self.isForced = isForced
  }
}

/// What happens after a value was set, shared by parameters that take effect together:
/// one `CONFIG SET` of several of them runs it once.
public final class ApplyAction {
  let run: () throws(ConfigurationError) -> Void

  /// `run` throws to refuse the new values, and is then run again with the restored ones.
  public init(_ run: @escaping () throws(ConfigurationError) -> Void) { self.run = run }
}

/// A configuration directive as the registry knows it: its names, and how its value is read and changed.
///
/// `Setting`, `StringSetting` and `StructuredSetting` make one; a parameter that lives outside the program's
/// memory, such as the working directory, is written by hand.
public struct Parameter {
  /// The name in configuration files and in `CONFIG`.
  public let name: String
  /// Former names, which `CONFIG GET` and `CONFIG SET` accept as well.
  public let aliases: [String]
  /// What may be done with it.
  public let flags: ParameterFlags
  let get: () -> [UInt8]
  let set: (_ words: [[UInt8]], _ source: ConfigurationSource) throws(ConfigurationError) -> Bool
  let snapshot: () -> () -> Void
  let lines: () -> [ConfigurationLine]
  let apply: ApplyAction?

  /// - Parameters:
  ///   - get: the value as `CONFIG GET` shows it, which `set` accepts as well.
  ///   - set: stores a value given as words, or throws; returns whether anything changed.
  ///   - snapshot: remembers the present value and returns what restores it.
  ///   - lines: the lines of the configuration file that bring the present value back. None removes the directive.
  ///   - apply: what `CONFIG SET` runs after all its values are stored.
  public init(
    _ name: String, aliases: [String] = [], flags: ParameterFlags = [],
    get: @escaping () -> [UInt8],
    set: @escaping (_ words: [[UInt8]], _ source: ConfigurationSource) throws(ConfigurationError) -> Bool,
    snapshot: @escaping () -> () -> Void,
    lines: @escaping () -> [ConfigurationLine],
    apply: ApplyAction? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.flags = flags
    self.get = get
    self.set = set
    self.snapshot = snapshot
    self.lines = lines
    self.apply = apply
  }
}

extension Parameter {
  /// The same parameter, which writes `warning` to the log whenever it gets another value than it has now: for a
  /// directive that is accepted, from files and from `CONFIG SET`, and does nothing.
  public func warningUnlessDefault(_ warning: String) -> Parameter {
    let defaultValue = get()
    return Parameter(
      name, aliases: aliases, flags: flags, get: get,
      set: { words, source throws(ConfigurationError) in
        let changed = try set(words, source)
        if changed, get() != defaultValue { Log.warning(warning) }
        return changed
      },
      snapshot: snapshot, lines: lines, apply: apply)
  }

  /// The same parameter, which keeps the value that it has now and refuses any other one with `error`: for a directive
  /// that does nothing yet where a server that goes on without it would lose data, expose it, or play another role.
  public func refusedUnlessDefault(_ error: ConfigurationError) -> Parameter {
    let defaultValue = get()
    return Parameter(
      name, aliases: aliases, flags: flags, get: get,
      set: { words, source throws(ConfigurationError) in
        let restore = snapshot()
        let changed = try set(words, source)
        if get() == defaultValue { return changed }
        restore()
        throw error
      },
      snapshot: snapshot, lines: lines, apply: apply)
  }
}
