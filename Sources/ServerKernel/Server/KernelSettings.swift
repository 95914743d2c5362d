/// The parameters that the kernel itself reads, named as in Redis 7.0.
public final class KernelSettings {
  /// How many databases there are.
  public let databases = Setting("databases", default: 16, range: 1...Int(Int32.max), flags: .immutable)
  /// How often a second background work is done.
  public let hz = Setting("hz", default: 10, range: 0...Int(Int32.max))
  /// Whether background work is done more often when there are many clients.
  public let dynamicHz = Setting("dynamic-hz", default: true)

  /// How many clients may be connected.
  public let maxClients = Setting("maxclients", default: 10000, range: 1...Int(UInt32.max))
  /// Seconds that a shutdown waits for replicas at most.
  public let shutdownTimeout = Setting("shutdown-timeout", default: 10, range: 0...Int(Int32.max))
  /// After how many seconds idle clients are closed; 0: never.
  public let idleTimeout = Setting("timeout", default: 0, range: 0...Int(Int32.max))
  /// Seconds between TCP keepalive probes; 0: none.
  public let tcpKeepAlive = Setting("tcp-keepalive", default: 300, range: 0...Int(Int32.max))
  /// The address from which other servers are connected to; nil leaves it to the system.
  public let sourceAddress = StringSetting("bind-source-addr", default: nil)
  /// How readily the system ends the process when memory runs out.
  let oomScore = OOMScore()
  /// The password; nil when none is needed.
  public let requirePass = StringSetting("requirepass", default: nil, flags: .sensitive)
  /// Whether only this machine is served while there is no password.
  public let protectedMode = Setting("protected-mode", default: true)
  /// The longest argument, bytes.
  public let maxBulkLength = Setting(
    "proto-max-bulk-len", default: 512 << 20, range: (1 << 20)...Int.max, format: .memory)
  /// The most input of a client that is kept, bytes.
  public let queryBufferLimit = Setting(
    "client-query-buffer-limit", default: 1 << 30, range: (1 << 20)...Int.max, format: .memory)
  /// The most output of a client that is kept, by class.
  public let outputBufferLimits = StructuredSetting(
    "client-output-buffer-limit", default: ClientOutputBufferLimits())

  /// Which keyspace events are published.
  public let keyspaceEvents = Setting(
    "notify-keyspace-events", default: KeyspaceEventClasses(), syntax: .keyspaceEvents)
  /// How long one tick goes on with a snapshot at most, microseconds; so much when nothing else is to be done.
  public let snapshotSlice = Setting("snapshot-time-slice", default: 1000, range: 10...100_000)
  /// How many percent of its time a busy server gives to a snapshot.
  public let snapshotShare = Setting("snapshot-cpu-share", default: 25, range: 1...100)
  /// Whether tables go on growing while nothing else is to be done.
  public let activeRehashing = Setting("activerehashing", default: true)
  /// How hard expired keys are looked for, 1 to 10.
  public let activeExpireEffort = Setting("active-expire-effort", default: 1, range: 1...10)
  /// Whether expired values are freed by another thread.
  public let lazyExpire = Setting("lazyfree-lazy-expire", default: false)
  /// Whether evicted values are freed by another thread.
  public let lazyEviction = Setting("lazyfree-lazy-eviction", default: false)
  /// Whether replaced values are freed by another thread.
  public let lazyServerDelete = Setting("lazyfree-lazy-server-del", default: false)
  /// Whether DEL frees as UNLINK does.
  public let lazyUserDelete = Setting("lazyfree-lazy-user-del", default: false)
  /// Whether FLUSHALL and FLUSHDB are ASYNC when nothing is said.
  public let lazyUserFlush = Setting("lazyfree-lazy-user-flush", default: false)

  /// From how many milliseconds on an event is a latency spike; 0: none are kept.
  public let latencyThreshold = Setting("latency-monitor-threshold", default: 0, range: 0...Int.max)
  /// Whether latency histograms of commands are kept.
  public let latencyTracking = Setting("latency-tracking", default: true)
  /// The percentiles that INFO latencystats shows.
  public let latencyPercentiles = StructuredSetting(
    "latency-tracking-info-percentiles", default: LatencyPercentiles())

  /// What the timer can do: Redis takes any `hz`, and cuts it to this.
  private static let possibleHz = 1...500

  func clampHz() {
    hz.store(min(max(hz.value, Self.possibleHz.lowerBound), Self.possibleHz.upperBound))
  }

  /// Refuses more clients than the system has descriptors for.
  private func checkOpenFiles() throws(ConfigurationError) {
    let allowed = OpenFilesLimit.adjust(forClients: maxClients.value)
    if allowed < maxClients.value {
      throw ConfigurationError(
        "The operating system is not able to handle the specified number of clients, try with \(allowed)")
    }
  }

  /// How often a second background work is done now: with `dynamic-hz` the more often the more clients there are,
  /// two hundred of them at most to a turn.
  func effectiveHz(clients: Int) -> Int {
    var hz = self.hz.value
    while dynamicHz.value && clients / hz > 200 && hz < Self.possibleHz.upperBound { hz *= 2 }
    return min(hz, Self.possibleHz.upperBound)
  }

  /// Registers all of them; `onChange` runs when one that is kept elsewhere too was changed.
  func register(in configuration: Configuration, onChange: @escaping () -> Void) throws(ConfigurationRegistrationError)
  {
    try configuration.register([
      databases.parameter, hz.parameter(onChange: clampHz), dynamicHz.parameter,
      maxClients.parameter(onChange: checkOpenFiles),
      idleTimeout.parameter(onChange: onChange), tcpKeepAlive.parameter, requirePass.parameter(onChange: onChange),
      protectedMode.parameter, sourceAddress.parameter, maxBulkLength.parameter(onChange: onChange),
      queryBufferLimit.parameter(onChange: onChange),
      outputBufferLimits.parameter(onChange: onChange), keyspaceEvents.parameter(onChange: onChange),
      shutdownTimeout.parameter, snapshotSlice.parameter, snapshotShare.parameter, activeRehashing.parameter,
      activeExpireEffort.parameter,
      lazyExpire.parameter(onChange: onChange), lazyEviction.parameter,
      lazyServerDelete.parameter(onChange: onChange), lazyUserDelete.parameter(onChange: onChange),
      lazyUserFlush.parameter,
      latencyThreshold.parameter(onChange: onChange), latencyTracking.parameter(onChange: onChange),
      latencyPercentiles.parameter,
    ] + oomScore.parameters)
  }
}

/// Memory limits and the access counters that eviction goes by.
public final class MemorySettings {
  /// The memory limit, bytes; 0: none.
  public let maxMemory = Setting("maxmemory", default: 0, range: 0...Int.max, format: .memory)
  /// The memory limit of all clients together, bytes; a negative number is a share of `maxmemory` in percent; 0: none.
  public let maxClientMemory = Setting(
    "maxmemory-clients", default: 0, range: -100...Int.max, format: .memoryOrPercent)
  /// Which keys go when the limit is reached.
  public let policy = Setting("maxmemory-policy", default: EvictionPolicy.noEviction)
  /// Among how many keys the one to evict is chosen.
  public let samples = Setting("maxmemory-samples", default: 5, range: 1...Int(Int32.max))
  /// How long clients wait at a time while keys are evicted: 10 is half a millisecond, 100 is without end.
  public let evictionTenacity = Setting("maxmemory-eviction-tenacity", default: 10, range: 0...100)
  /// How slowly access counters grow.
  public let lfuLogFactor = Setting("lfu-log-factor", default: 10, range: 0...Int(Int32.max))
  /// After how many minutes access counters fall by one.
  public let lfuDecayTime = Setting("lfu-decay-time", default: 1, range: 0...Int(Int32.max))

  func register(in configuration: Configuration, onChange: @escaping () -> Void) throws(ConfigurationRegistrationError)
  {
    try configuration.register([
      maxMemory.parameter(onChange: onChange), maxClientMemory.parameter(onChange: onChange),
      policy.parameter(onChange: onChange), samples.parameter, evictionTenacity.parameter, lfuLogFactor.parameter,
      lfuDecayTime.parameter,
    ])
  }
}
