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
    let broker = Broker()
    registry.setService(broker)
    registry.addInfo("Stats", group: "pubsub", after: "keys") { info, _ in broker.describe(&info) }
    registry.onKeyspaceEvent(KeyspaceNotifications.publish)
    registry.onDisconnect { client, _ in broker.removeAll(client) }
    registry.onReset { client, _ in broker.removeAll(client) }
  }
}
