/// How the server shuts down on a signal: the value of `shutdown-on-sigint` and `shutdown-on-sigterm`.
public struct ShutdownOptions: OptionSet, SettingValue {
  /// The bits.
  public let rawValue: Int
  /// A set of the given bits.
  public init(rawValue: Int) { self.rawValue = rawValue }
  /// The value that a stored word stands for.
  public init(settingWord: Int) { rawValue = settingWord }
  /// The word that a `Setting` stores.
  public var settingWord: Int { rawValue }

  /// Save the data set even if no save points are configured.
  public static let save = ShutdownOptions(rawValue: 1 << 0)
  /// Do not save, even if save points are configured.
  public static let noSave = ShutdownOptions(rawValue: 1 << 1)
  /// Do not wait for lagging replicas.
  public static let now = ShutdownOptions(rawValue: 1 << 2)
  /// Ignore what would otherwise prevent the shutdown.
  public static let force = ShutdownOptions(rawValue: 1 << 3)

  static let names: [(name: String, value: Int)] = [
    ("default", 0), ("save", ShutdownOptions.save.rawValue), ("nosave", ShutdownOptions.noSave.rawValue),
    ("now", ShutdownOptions.now.rawValue), ("force", ShutdownOptions.force.rawValue),
  ]
}

extension SettingSyntax {
  /// Any of `save`, `nosave`, `now` and `force`, but not the first two together; or `default`.
  public static let shutdownOptions = {
    let names = SettingSyntax.flags(ShutdownOptions.names)
    return SettingSyntax(
      takesSeveralWords: true,
      parse: { words throws(ConfigurationError) in
        let options = ShutdownOptions(rawValue: try names.parse(words))
        if options.isSuperset(of: [.save, .noSave]) {
          throw ConfigurationError("shutdown options SAVE and NOSAVE can't be used simultaneously")
        }
        return options.rawValue
      },
      format: names.format)
  }()
}
