import ServerKernel

/// MULTI and what belongs to it. The queue and the watches are services of the kernel, which every command passes.
public enum Transactions: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [DISCARD.self, EXEC.self, MULTI.self, UNWATCH.self, WATCH.self]
  }
}
