import ServerKernel

/// The commands on lists, and their value type.
public enum Lists: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      BLMOVE.self, BLMPOP.self, BLPOP.self, BRPOP.self, BRPOPLPUSH.self, LINDEX.self, LINSERT.self, LLEN.self,
      LMOVE.self, LMPOP.self, LPOP.self, LPOS.self, LPUSH.self, LPUSHX.self, LRANGE.self, LREM.self, LSET.self,
      LTRIM.self, RPOP.self, RPOPLPUSH.self, RPUSH.self, RPUSHX.self,
    ]
  }

  public static func register(in registry: Registry) {
    registry.add(ListValue.self)
    registry.add(
      nodeSize.parameter,
      compressDepth.parameter.warningUnlessDefault(
        "WARNING: list-compress-depth is accepted, but lists are not compressed: it has no effect."))
  }

  /// How large the nodes of lists get: -1 to -5 for 4 to 64 KB, else a number of elements.
  static let nodeSize = Setting(
    "list-max-listpack-size", default: -2, range: Int(Int32.min)...Int(Int32.max), aliases: ["list-max-ziplist-size"])

  /// Nodes at either end that Redis leaves uncompressed; accepted without effect.
  static let compressDepth = Setting("list-compress-depth", default: 0, range: 0...Int(Int32.max))
}
