/// A row of the table of directives that do nothing yet: accepted with a warning, or refused where that is dangerous.
struct UnsupportedDirective {
  private let accepted: Parameter
  /// What ignoring a value would lead to, where that must not be.
  private var danger: String?

  private init(_ parameter: Parameter) { accepted = parameter }

  /// The parameter to register. It behaves as the real one would; the log is warned of a value that is not the
  /// default, since that has no effect.
  var parameter: Parameter {
    if let danger {
      return accepted.refusedUnlessDefault(Self.refusal(accepted.name, danger))
    }
    return accepted.warningUnlessDefault(
      "WARNING: the directive '\(accepted.name)' is accepted but not supported yet, its value has no effect.")
  }

  /// The same directive, of which any value but the default is refused: a server that ignored it would lose data,
  /// expose it, or play another role than the file asks for. `danger` says which.
  func refused(_ danger: String) -> Self {
    var directive = self
    directive.danger = danger
    return directive
  }

  /// Why a directive is refused.
  static func refusal(_ name: String, _ danger: String) -> ConfigurationError {
    ConfigurationError("The directive '\(name)' is not supported yet: \(danger)")
  }

  static func yesOrNo(
    _ name: String, _ value: Bool, _ flags: ParameterFlags = [], alias: String? = nil
  ) -> Self {
    Self(Setting<Bool>(name, default: value, aliases: aliases(alias), flags: flags).parameter)
  }

  /// A switch that cannot be switched on, for `reason`.
  static func alwaysNo(_ name: String, _ reason: String) -> Self {
    Self(
      Setting<Bool>(name, default: false) { isOn throws(ConfigurationError) in
        if isOn { throw ConfigurationError(reason) }
      }.parameter)
  }

  static func integer(
    _ name: String, _ value: Int, in range: ClosedRange<Int>, _ flags: ParameterFlags = [], alias: String? = nil
  ) -> Self {
    Self(Setting<Int>(name, default: value, range: range, aliases: aliases(alias), flags: flags).parameter)
  }

  static func memory(
    _ name: String, _ value: Int, in range: ClosedRange<Int> = 0...Int.max, format: NumberFormat = .memory,
    _ flags: ParameterFlags = [], alias: String? = nil
  ) -> Self {
    Self(
      Setting<Int>(name, default: value, range: range, format: format, aliases: aliases(alias), flags: flags).parameter)
  }

  static func octal(_ name: String, _ value: Int, in range: ClosedRange<Int>, _ flags: ParameterFlags = []) -> Self {
    Self(Setting<Int>(name, default: value, range: range, format: .octal, flags: flags).parameter)
  }

  /// One of `names`.
  static func choice(_ name: String, _ value: String, of names: [String], _ flags: ParameterFlags = []) -> Self {
    let table = names.enumerated().map { index, name in (name, index) }
    let defaultWord = names.firstIndex(of: value) ?? 0
    return Self(Setting<Int>(name, default: defaultWord, syntax: .choice(table), flags: flags).parameter)
  }

  static func text(
    _ name: String, _ value: String?, _ flags: ParameterFlags = [], alias: String? = nil,
    validate: (@Sendable ([UInt8]) throws(ConfigurationError) -> Void)? = nil
  ) -> Self {
    Self(StringSetting(name, default: value, aliases: aliases(alias), flags: flags, validate: validate).parameter)
  }

  private static func aliases(_ alias: String?) -> [String] { alias.map { [$0] } ?? [] }
}
