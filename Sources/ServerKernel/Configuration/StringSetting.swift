import Containers
import Synchronization

/// A configuration parameter that is a byte string, or none where the default is nil.
///
/// Reading takes a lock and retains the string: keep a copy where it is read often.
public final class StringSetting: Sendable {
  /// The name in configuration files and in `CONFIG`.
  public let name: String
  /// Former names that are accepted as well.
  public let aliases: [String]
  /// What may be done with it.
  public let flags: ParameterFlags
  /// The value at start; nil makes the string optional, and an empty one then stands for none.
  public let defaultValue: String?
  let validate: (@Sendable ([UInt8]) throws(ConfigurationError) -> Void)?
  private let current: Mutex<[UInt8]?>

  /// A string; nil as the default makes it optional.
  public init(
    _ name: String, default defaultValue: String?, aliases: [String] = [], flags: ParameterFlags = [],
    validate: (@Sendable ([UInt8]) throws(ConfigurationError) -> Void)? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.flags = flags
    self.defaultValue = defaultValue
    self.validate = validate
    current = Mutex(defaultValue.map { Array($0.utf8) })
  }

  /// The present bytes, nil where there are none.
  public var value: [UInt8]? { current.withLock { $0 } }

  /// The present value as text, empty where there is none.
  public var text: String { String(decoding: value ?? [], as: UTF8.self) }

  /// Sets the value without any check.
  public func store(_ value: [UInt8]?) { current.withLock { $0 = value } }

  /// The parameter to register, with an action that `CONFIG SET` runs after the value was stored.
  public func parameter(apply: ApplyAction?) -> Parameter {
    Parameter(
      name, aliases: aliases, flags: flags,
      get: { self.value ?? [] },
      set: { words, _ throws(ConfigurationError) in
        try self.validate?(words[0])
        let new = words[0].isEmpty && self.defaultValue == nil ? nil : words[0]
        let old = self.current.withLock { value in
          let old = value
          value = new
          return old
        }
        return new != old || self.flags.contains(.volatile)
      },
      snapshot: {
        let old = self.value
        return { self.store(old) }
      },
      lines: {
        guard let value = self.value else { return [] }
        return [ConfigurationLine(quotedArgument(value), isForced: value != self.defaultValue.map { Array($0.utf8) })]
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
