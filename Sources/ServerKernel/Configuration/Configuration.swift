import Containers

/// Every configuration directive the server knows, and the file they came from.
///
/// The kernel, the modules and the persistence register their parameters at start; then the file and the command
/// line are loaded; from then on `CONFIG` reads and changes them. Used by the command thread alone.
public final class Configuration {
  /// One name of a parameter.
  struct Entry {
    let name: String
    let isAlias: Bool
    let parameter: Parameter
  }

  /// In the order of registration, aliases behind their parameter; so `CONFIG GET` and rewritten files are stable.
  private(set) var entries: [Entry] = []
  private var indexByName: [String: Int] = [:]
  /// Parameters that the file or the arguments named.
  var given: Set<String> = []
  private(set) var fileDirectives: [String: FileDirective] = [:]
  private(set) var finalChecks: [() throws(ConfigurationError) -> Void] = []

  /// How often parameters were set: what was derived from them before holds no more.
  public internal(set) var generation = 0

  /// The configuration file as an absolute path, nil when the server started without one.
  public internal(set) var filePath: [UInt8]?

  /// Who may set protected parameters such as `dir`.
  public let protectedConfigs = Setting<ProtectedAction>("enable-protected-configs", default: .no, flags: .immutable)

  /// A registry that knows `enable-protected-configs` and `include` alone.
  public init() {
    append(protectedConfigs.parameter)
  }

  /// Adds parameters. A name that is taken, by a parameter or by the table of unsupported directives, is an error.
  public func register(_ parameters: [Parameter]) throws(ConfigurationRegistrationError) {
    for parameter in parameters {
      for name in [parameter.name] + parameter.aliases where indexByName[name] != nil || fileDirectives[name] != nil {
        throw ConfigurationRegistrationError(
          message: "configuration directive '\(name)' is registered twice; if it has just become supported, "
            + "delete its row in UnsupportedDirectives.swift")
      }
      append(parameter)
    }
  }

  /// Adds a directive that only configuration files have, such as `rename-command`.
  public func register(_ directive: FileDirective) throws(ConfigurationRegistrationError) {
    if indexByName[directive.name] != nil || fileDirectives[directive.name] != nil {
      throw ConfigurationRegistrationError(message: "configuration directive '\(directive.name)' is registered twice")
    }
    fileDirectives[directive.name] = directive
  }

  /// Adds every directive that no part of the server has taken over yet: the last registration.
  public func registerUnsupportedDirectives() throws(ConfigurationRegistrationError) {
    for directive in UnsupportedDirectives.all { try register([directive.parameter]) }
    for directive in UnsupportedDirectives.fileDirectives where fileDirectives[directive.name] == nil {
      try register(directive)
    }
  }

  /// Adds a check of the configuration as a whole, made after each load.
  public func addFinalCheck(_ check: @escaping () throws(ConfigurationError) -> Void) {
    finalChecks.append(check)
  }

  /// Whether a value of the parameter `name` must not appear in MONITOR, SLOWLOG or the log.
  public func isSensitive(_ name: borrowing Bytes) -> Bool {
    entry(named: name.array)?.parameter.flags.contains(.sensitive) ?? false
  }

  /// The value of the parameter `name` as `CONFIG GET` shows it, nil when there is no such parameter.
  public func text(of name: String) -> [UInt8]? {
    entry(named: Array(name.utf8))?.parameter.get()
  }

  /// Finds a parameter by any of its names, in either case.
  func entry(named name: [UInt8]) -> Entry? {
    indexByName[String(decoding: name.map(asciiLowercase), as: UTF8.self)].map { entries[$0] }
  }

  private func append(_ parameter: Parameter) {
    for name in [parameter.name] + parameter.aliases {
      indexByName[name] = entries.count
      entries.append(Entry(name: name, isAlias: name != parameter.name, parameter: parameter))
    }
  }
}
