import ServerKernel

/// The commands on strings. The kernel stores strings itself, so the module brings no type.
public enum Strings: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      APPEND.self, DECR.self, DECRBY.self, GET.self, GETDEL.self, GETEX.self, GETRANGE.self, GETSET.self, INCR.self,
      INCRBY.self, INCRBYFLOAT.self, LCS.self, MGET.self, MSET.self, MSETNX.self, PSETEX.self, SET.self, SETEX.self,
      SETNX.self, SETRANGE.self, STRLEN.self, SUBSTR.self,
    ]
  }
}
