import Synchronization

/// A value made of several words, such as the list of save points.
public protocol StructuredValue: Equatable, Sendable {
  /// The value that `words` give. `previous` is the present one, for directives that change a part of it or,
  /// repeated in a file, add to it.
  static func parse(
    _ words: [[UInt8]], previous: Self, source: ConfigurationSource
  ) throws(ConfigurationError) -> Self

  /// The value as `CONFIG GET` shows it.
  var text: [UInt8] { get }

  /// The lines that bring the value back, as `CONFIG REWRITE` writes them.
  func lines(default defaultValue: Self) -> [ConfigurationLine]
}

extension StructuredValue {
  /// One line with the value as shown, needed where it is not the default.
  public func lines(default defaultValue: Self) -> [ConfigurationLine] {
    [ConfigurationLine(text, isForced: self != defaultValue)]
  }
}

/// A configuration parameter of several words.
///
/// Reading takes a lock and copies the value: keep a copy where it is read often, renewed by an apply action.
public final class StructuredSetting<Value: StructuredValue>: Sendable {
  /// The name in configuration files and in `CONFIG`.
  public let name: String
  /// Former names that are accepted as well.
  public let aliases: [String]
  /// What may be done with it.
  public let flags: ParameterFlags
  /// The value at start.
  public let defaultValue: Value
  private let current: Mutex<Value>

  /// A parameter of several words.
  public init(_ name: String, default defaultValue: Value, aliases: [String] = [], flags: ParameterFlags = []) {
    self.name = name
    self.aliases = aliases
    self.flags = flags.union(.multipleArguments)
    self.defaultValue = defaultValue
    current = Mutex(defaultValue)
  }

  /// The present value.
  public var value: Value { current.withLock { $0 } }

  /// Sets the value without any check.
  public func store(_ value: Value) { current.withLock { $0 = value } }

  /// The parameter to register, with an action that `CONFIG SET` runs after the value was stored.
  public func parameter(apply: ApplyAction?) -> Parameter {
    Parameter(
      name, aliases: aliases, flags: flags,
      get: { self.value.text },
      set: { words, source throws(ConfigurationError) in
        let old = self.value
        let new = try Value.parse(words, previous: old, source: source)
        self.store(new)
        return new != old
      },
      snapshot: {
        let old = self.value
        return { self.store(old) }
      },
      lines: { self.value.lines(default: self.defaultValue) },
      apply: apply)
  }

  /// The parameter to register.
  public var parameter: Parameter { parameter(apply: nil) }

  /// The parameter to register; `apply` runs after `CONFIG SET` stored the value, and throws to refuse it.
  public func parameter(onChange apply: @escaping () throws(ConfigurationError) -> Void) -> Parameter {
    parameter(apply: ApplyAction(apply))
  }
}
