import ServerKernel

public enum Transactions: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    []
  }
}
