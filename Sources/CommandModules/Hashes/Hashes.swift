import HashValues
import ServerKernel

/// The commands on hashes.
public enum Hashes: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      HDEL.self, HEXISTS.self, HGET.self, HGETALL.self, HINCRBY.self, HINCRBYFLOAT.self, HKEYS.self,
      HLEN.self,
      HMGET.self, HMSET.self, HRANDFIELD.self, HSCAN.self, HSET.self, HSETNX.self, HSTRLEN.self,
      HVALS.self,
    ]
  }

  public static func register(in registry: Registry) { registry.add(HashValue.self) }
}
