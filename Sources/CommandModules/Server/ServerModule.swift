import ServerKernel

/// The commands of Redis' groups "connection" and "server": clients, configuration, introspection, monitoring,
/// debugging, and the data set as a whole.
public enum ServerModule: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    connection + introspection + monitoring + dataSet
  }

  private static var connection: [any RedisCommand.Type] {
    [AUTH.self, CLIENT.self, ECHO.self, HELLO.self, PING.self, QUIT.self, RESET.self, SELECT.self]
  }

  private static var introspection: [any RedisCommand.Type] {
    [COMMAND.self, CONFIG.self, DEBUG.self, INFO.self, LOLWUT.self, MEMORY.self, TIME.self]
  }

  private static var monitoring: [any RedisCommand.Type] { [LATENCY.self, MONITOR.self, SLOWLOG.self] }

  private static var dataSet: [any RedisCommand.Type] {
    [DBSIZE.self, FLUSHALL.self, FLUSHDB.self, SHUTDOWN.self, SWAPDB.self]
  }

  public static func register(in registry: Registry) {
    InfoSections.register(in: registry)
    LatencyMonitor.register(in: registry)
    SlowLog.register(in: registry)
    Monitors.register(in: registry)
    registry.add(DEBUG.isEnabled.parameter)
  }
}
