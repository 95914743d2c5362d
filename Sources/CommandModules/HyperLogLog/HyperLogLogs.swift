import ServerKernel

/// The commands that estimate how many different elements there were. HyperLogLogs are strings, which the kernel stores
/// itself, so the module brings no type.
public enum HyperLogLogs: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [PFADD.self, PFCOUNT.self, PFDEBUG.self, PFMERGE.self, PFSELFTEST.self]
  }

  /// Sparse HyperLogLogs of more bytes become dense.
  static let sparseMax = Setting<Int>("hll-sparse-max-bytes", default: 3000, range: 0...Int.max, format: .memory)

  public static func register(in registry: Registry) { registry.add(sparseMax.parameter) }
}
