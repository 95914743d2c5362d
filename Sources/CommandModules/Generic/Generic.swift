import ServerKernel

public enum Generic: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    []
  }
}
