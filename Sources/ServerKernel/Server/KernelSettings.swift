/// The parameters that the kernel itself reads, named as in Redis 7.0.
public final class KernelSettings {
  public let databases = Setting("databases", default: 16, range: 1...Int(Int32.max), flags: .immutable)
  public let hz = Setting("hz", default: 10, range: 0...Int(Int32.max))
  public let dynamicHz = Setting("dynamic-hz", default: true)

  public let maxClients = Setting("maxclients", default: 10000, range: 1...Int(UInt32.max))
  public let idleTimeout = Setting("timeout", default: 0, range: 0...Int(Int32.max))
  public let tcpKeepAlive = Setting("tcp-keepalive", default: 300, range: 0...Int(Int32.max))
  public let requirePass = StringSetting("requirepass", default: nil, flags: .sensitive)
  public let protectedMode = Setting("protected-mode", default: true)
  public let maxBulkLength = Setting(
    "proto-max-bulk-len", default: 512 << 20, range: (1 << 20)...Int.max, format: .memory)
  public let queryBufferLimit = Setting(
    "client-query-buffer-limit", default: 1 << 30, range: (1 << 20)...Int.max, format: .memory)
  public let outputBufferLimits = StructuredSetting(
    "client-output-buffer-limit", default: ClientOutputBufferLimits())

  public let keyspaceEvents = Setting(
    "notify-keyspace-events", default: KeyspaceEventClasses(), syntax: .keyspaceEvents)
  /// How long one tick goes on with a snapshot, microseconds: more makes it faster, less keeps latency low.
  public let snapshotSlice = Setting("snapshot-time-slice", default: 250, range: 10...100_000)
  public let activeRehashing = Setting("activerehashing", default: true)
  public let activeExpireEffort = Setting("active-expire-effort", default: 1, range: 1...10)
  public let lazyExpire = Setting("lazyfree-lazy-expire", default: false)
  public let lazyEviction = Setting("lazyfree-lazy-eviction", default: false)
  public let lazyServerDelete = Setting("lazyfree-lazy-server-del", default: false)
  public let lazyUserDelete = Setting("lazyfree-lazy-user-del", default: false)
  public let lazyUserFlush = Setting("lazyfree-lazy-user-flush", default: false)

  public let slowlogThreshold = Setting("slowlog-log-slower-than", default: 10000, range: -1...Int.max)
  public let slowlogLength = Setting("slowlog-max-len", default: 128, range: 0...Int.max)
  public let latencyThreshold = Setting("latency-monitor-threshold", default: 0, range: 0...Int.max)
  public let latencyTracking = Setting("latency-tracking", default: true)
  public let latencyPercentiles = StructuredSetting(
    "latency-tracking-info-percentiles", default: LatencyPercentiles())

  /// Registers all of them; `onChange` runs when one that is kept elsewhere too was changed.
  func register(in configuration: Configuration, onChange: @escaping () -> Void) throws(ConfigurationRegistrationError) {
    try configuration.register([
      databases.parameter, hz.parameter, dynamicHz.parameter, maxClients.parameter, idleTimeout.parameter,
      tcpKeepAlive.parameter, requirePass.parameter(onChange: onChange), protectedMode.parameter,
      maxBulkLength.parameter, queryBufferLimit.parameter, outputBufferLimits.parameter(onChange: onChange),
      keyspaceEvents.parameter(onChange: onChange), snapshotSlice.parameter, activeRehashing.parameter, activeExpireEffort.parameter,
      lazyExpire.parameter(onChange: onChange), lazyEviction.parameter,
      lazyServerDelete.parameter(onChange: onChange), lazyUserDelete.parameter(onChange: onChange),
      lazyUserFlush.parameter, slowlogThreshold.parameter(onChange: onChange), slowlogLength.parameter(onChange: onChange),
      latencyThreshold.parameter(onChange: onChange), latencyTracking.parameter(onChange: onChange),
      latencyPercentiles.parameter,
    ])
  }
}

/// Memory limits and the access counters that eviction goes by.
public final class MemorySettings {
  public let maxMemory = Setting("maxmemory", default: 0, range: 0...Int.max, format: .memory)
  public let policy = Setting("maxmemory-policy", default: EvictionPolicy.noEviction)
  public let samples = Setting("maxmemory-samples", default: 5, range: 1...Int(Int32.max))
  public let lfuLogFactor = Setting("lfu-log-factor", default: 10, range: 0...Int(Int32.max))
  public let lfuDecayTime = Setting("lfu-decay-time", default: 1, range: 0...Int(Int32.max))

  func register(in configuration: Configuration, onChange: @escaping () -> Void) throws(ConfigurationRegistrationError) {
    try configuration.register([
      maxMemory.parameter(onChange: onChange), policy.parameter(onChange: onChange), samples.parameter,
      lfuLogFactor.parameter, lfuDecayTime.parameter,
    ])
  }
}
