import ServerKernel

/// The commands that take strings for arrays of bits. The kernel stores strings itself, so the module brings no type.
public enum Bitmaps: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      BITCOUNT.self, BITFIELD.self, BITFIELD_RO.self, BITOP.self, BITPOS.self, GETBIT.self, SETBIT.self,
    ]
  }
}
