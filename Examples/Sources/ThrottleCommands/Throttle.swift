import ServerKernel

/// Rate limits.
public enum Throttle: CommandModule {
  public static var commands: [any RedisCommand.Type] { [THROTTLE.self] }
}
