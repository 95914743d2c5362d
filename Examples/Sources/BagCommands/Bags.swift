import ServerKernel

/// Bags of words.
public enum Bags: CommandModule {
  public static var commands: [any RedisCommand.Type] { [BAGADD.self, BAGCOUNT.self] }

  static let maxWords = Setting<Int>("bag-max-words", default: 1_000_000, range: 1...Int.max)

  public static func register(in registry: Registry) {
    registry.add(BagValue.self)
    registry.add(maxWords.parameter)
  }
}
