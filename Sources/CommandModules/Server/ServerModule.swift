import ServerKernel

/// The commands of Redis' groups "connection" and "server": clients, configuration, introspection, monitoring,
/// debugging, and the data set as a whole.
public enum ServerModule: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    connection + configuration + introspection + dataSet
  }

  private static var connection: [any RedisCommand.Type] {
    [ECHO.self, PING.self, QUIT.self, SELECT.self]
  }

  private static var configuration: [any RedisCommand.Type] { [CONFIG.self] }

  private static var introspection: [any RedisCommand.Type] {
    [COMMAND.self, DEBUG.self, INFO.self]
  }

  private static var dataSet: [any RedisCommand.Type] { [DBSIZE.self, FLUSHALL.self, FLUSHDB.self] }

  public static func register(in registry: Registry) {
    InfoSections.register(in: registry)
    registry.add(DEBUG.isEnabled.parameter)
  }
}
