import ServerKernel

public enum ServerModule: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [PING.self]
  }
}
