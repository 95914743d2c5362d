import ServerKernel

/// Commands on strings that Redis does not have.
public enum StringExtras: CommandModule {
  public static var commands: [any RedisCommand.Type] { [STRREV.self] }
}
