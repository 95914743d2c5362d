import ServerKernel

/// The commands on hashes, and their value type.
public enum Hashes: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      HDEL.self, HEXISTS.self, HGET.self, HGETALL.self, HINCRBY.self, HINCRBYFLOAT.self, HKEYS.self,
      HLEN.self,
      HMGET.self, HMSET.self, HRANDFIELD.self, HSCAN.self, HSET.self, HSETNX.self, HSTRLEN.self,
      HVALS.self,
    ]
  }

  public static func register(in registry: Registry) {
    registry.add(HashValue.self)
    registry.add(packedEntriesMax.parameter, packedValueMax.parameter)
  }

  /// Hashes of more fields become tables.
  static let packedEntriesMax = Setting(
    "hash-max-listpack-entries", default: 512, range: 0...Int.max,
    aliases: ["hash-max-ziplist-entries"])

  /// Hashes with a field or value of more bytes become tables.
  static let packedValueMax = Setting(
    "hash-max-listpack-value", default: 64, range: 0...Int.max, format: .memory,
    aliases: ["hash-max-ziplist-value"])
}
