import ServerKernel

/// Publish and subscribe: channels, patterns, shard channels, and keyspace notifications.
public enum PubSub: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      PSUBSCRIBE.self, PUBLISH.self, PUBSUB.self, PUNSUBSCRIBE.self, SPUBLISH.self, SSUBSCRIBE.self, SUBSCRIBE.self,
      SUNSUBSCRIBE.self, UNSUBSCRIBE.self,
    ]
  }

  public static func register(in registry: Registry) {
    registry.setService(Broker())
    registry.onKeyspaceEvent(KeyspaceNotifications.publish)
    registry.onDisconnect { client, server in Broker.of(server).removeAll(client, server) }
    registry.onReset { client, server in Broker.of(server).removeAll(client, server) }
  }
}
