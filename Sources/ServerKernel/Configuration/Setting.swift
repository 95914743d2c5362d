import Synchronization

/// A configuration parameter whose value fits a machine word: a number, yes or no, or one of several names.
///
/// Declared in one line beside the code that reads it:
///
///     static let maxListpackEntries = Setting<Int>(
///       "hash-max-listpack-entries", default: 512, range: 0...Int.max, aliases: ["hash-max-ziplist-entries"])
///
/// and registered as `maxListpackEntries.parameter`. Reading `value` is one plain load, from any thread, after the
/// check that the static variable is initialised: read it once per command, not once per element.
public final class Setting<Value: SettingValue>: Sendable {
  /// The name in configuration files and in `CONFIG`.
  public let name: String
  /// Former names that are accepted as well.
  public let aliases: [String]
  /// What may be done with it.
  public let flags: ParameterFlags
  /// The value at start.
  public let defaultValue: Value
  let syntax: SettingSyntax
  let validate: (@Sendable (Value) throws(ConfigurationError) -> Void)?
  // Relaxed order suffices: a setting carries no other data with it.
  @usableFromInline let word: Atomic<Int>

  /// A parameter with a spelling of its own.
  public init(
    _ name: String, default defaultValue: Value, syntax: SettingSyntax, aliases: [String] = [],
    flags: ParameterFlags = [], validate: (@Sendable (Value) throws(ConfigurationError) -> Void)? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.flags = syntax.takesSeveralWords ? flags.union(.multipleArguments) : flags
    self.defaultValue = defaultValue
    self.syntax = syntax
    self.validate = validate
    word = Atomic(defaultValue.settingWord)
  }

  /// The present value.
  @inlinable public var value: Value { Value(settingWord: word.load(ordering: .relaxed)) }

  /// Sets the value without any check, for code that found a better one than the configuration asked for.
  public func store(_ value: Value) { word.store(value.settingWord, ordering: .relaxed) }

  /// The parameter to register, with an action that `CONFIG SET` runs after the value was stored.
  public func parameter(apply: ApplyAction?) -> Parameter {
    Parameter(
      name, aliases: aliases, flags: flags,
      get: { self.syntax.format(self.value.settingWord) },
      set: { words, _ throws(ConfigurationError) in
        let new = try self.syntax.parse(words)
        try self.validate?(Value(settingWord: new))
        let old = self.word.exchange(new, ordering: .relaxed)
        return new != old || self.flags.contains(.volatile)
      },
      snapshot: {
        let old = self.value
        return { self.store(old) }
      },
      lines: {
        let value = self.value.settingWord
        let isForced = value != self.defaultValue.settingWord || self.flags.contains(.alwaysWritten)
        return [ConfigurationLine(self.syntax.line(value), isForced: isForced)]
      },
      apply: apply)
  }

  /// The parameter to register.
  public var parameter: Parameter { parameter(apply: nil) }

  /// The parameter to register; `apply` runs after `CONFIG SET` stored the value, and throws to refuse it.
  public func parameter(onChange apply: @escaping () throws(ConfigurationError) -> Void) -> Parameter {
    parameter(apply: ApplyAction(apply))
  }
}

extension Setting where Value == Int {
  /// A number within `range`, both ends included.
  public convenience init(
    _ name: String, default defaultValue: Int, range: ClosedRange<Int>, format: NumberFormat = .integer,
    aliases: [String] = [], flags: ParameterFlags = [],
    validate: (@Sendable (Int) throws(ConfigurationError) -> Void)? = nil
  ) {
    self.init(
      name, default: defaultValue, syntax: .number(format, in: range), aliases: aliases, flags: flags,
      validate: validate)
  }
}

extension Setting where Value == Bool {
  /// A switch: `yes` or `no`.
  public convenience init(
    _ name: String, default defaultValue: Bool, aliases: [String] = [], flags: ParameterFlags = [],
    validate: (@Sendable (Bool) throws(ConfigurationError) -> Void)? = nil
  ) {
    self.init(
      name, default: defaultValue, syntax: .yesOrNo, aliases: aliases, flags: flags, validate: validate)
  }
}

extension Setting where Value: SettingChoice {
  /// One of the names of `Value`'s cases.
  public convenience init(
    _ name: String, default defaultValue: Value, aliases: [String] = [], flags: ParameterFlags = [],
    validate: (@Sendable (Value) throws(ConfigurationError) -> Void)? = nil
  ) {
    self.init(
      name, default: defaultValue, syntax: .choice(Value.allCases.map { ($0.name, $0.rawValue) }), aliases: aliases,
      flags: flags, validate: validate)
  }
}
