import ServerKernel

public enum Hashes: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    []
  }
}
