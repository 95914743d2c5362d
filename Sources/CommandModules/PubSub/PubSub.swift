import ServerKernel

public enum PubSub: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    []
  }
}
