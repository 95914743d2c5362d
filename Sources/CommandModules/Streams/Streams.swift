import ServerKernel
import StreamValues

/// The commands on streams.
public enum Streams: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      XACK.self, XACKDEL.self, XADD.self, XAUTOCLAIM.self, XCLAIM.self, XDEL.self, XDELEX.self, XGROUP.self,
      XINFO.self, XLEN.self, XPENDING.self, XRANGE.self, XREAD.self, XREADGROUP.self, XREVRANGE.self, XSETID.self,
      XTRIM.self,
    ]
  }

  public static func register(in registry: Registry) { registry.add(StreamValue.self) }
}
