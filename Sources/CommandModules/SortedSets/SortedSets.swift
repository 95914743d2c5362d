import ServerKernel
import SetValues
import SortedSetValues

/// The commands on sorted sets.
public enum SortedSets: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      BZMPOP.self, BZPOPMAX.self, BZPOPMIN.self, ZADD.self, ZCARD.self, ZCOUNT.self, ZDIFF.self, ZDIFFSTORE.self,
      ZINCRBY.self, ZINTER.self, ZINTERCARD.self, ZINTERSTORE.self, ZLEXCOUNT.self, ZMPOP.self, ZMSCORE.self,
      ZPOPMAX.self, ZPOPMIN.self, ZRANDMEMBER.self, ZRANGE.self, ZRANGEBYLEX.self, ZRANGEBYSCORE.self,
      ZRANGESTORE.self, ZRANK.self, ZREM.self, ZREMRANGEBYLEX.self, ZREMRANGEBYRANK.self, ZREMRANGEBYSCORE.self,
      ZREVRANGE.self, ZREVRANGEBYLEX.self, ZREVRANGEBYSCORE.self, ZREVRANK.self, ZSCAN.self, ZSCORE.self,
      ZUNION.self, ZUNIONSTORE.self,
    ]
  }

  public static func register(in registry: Registry) {
    registry.add(SortedSetValue.self)
    registry.add(SetValue.self)
  }
}
