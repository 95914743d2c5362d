import ListValues
import ServerKernel

/// The commands on lists.
public enum Lists: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      BLMOVE.self, BLMPOP.self, BLPOP.self, BRPOP.self, BRPOPLPUSH.self, LINDEX.self, LINSERT.self, LLEN.self,
      LMOVE.self, LMPOP.self, LPOP.self, LPOS.self, LPUSH.self, LPUSHX.self, LRANGE.self, LREM.self, LSET.self,
      LTRIM.self, RPOP.self, RPOPLPUSH.self, RPUSH.self, RPUSHX.self,
    ]
  }

  public static func register(in registry: Registry) { registry.add(ListValue.self) }
}
