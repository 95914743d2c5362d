import ServerKernel
import SetValues

/// The commands on sets.
public enum Sets: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      SADD.self, SCARD.self, SDIFF.self, SDIFFSTORE.self, SINTER.self, SINTERCARD.self, SINTERSTORE.self,
      SISMEMBER.self, SMEMBERS.self, SMISMEMBER.self, SMOVE.self, SPOP.self, SRANDMEMBER.self, SREM.self, SSCAN.self,
      SUNION.self, SUNIONSTORE.self,
    ]
  }

  public static func register(in registry: Registry) { registry.add(SetValue.self) }
}
