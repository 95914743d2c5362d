import Containers

/// The assembled server: every part of the kernel, and the modules' commands.
///
/// Its stored properties are constants, so that reaching a part costs one load; what changes lives in the parts.
/// All of it belongs to the command thread.
public final class Server {
  /// The registry of all parameters.
  public let configuration = Configuration()
  /// The kernel's own parameters.
  public let settings = KernelSettings()
  /// The parameters of memory limits and eviction.
  public let memorySettings = MemorySettings()
  /// The counters that INFO shows.
  public let statistics = Statistics()
  /// The sections of INFO.
  public let info = InfoRegistry()
  /// What runs at a time or again and again.
  public let timers = Timers()
  /// The keys that clients watch.
  public let watchedKeys = WatchedKeys()
  /// Who is held back by CLIENT PAUSE.
  public let pausing = ClientPause()
  /// What is done again and again.
  public let upkeep = Upkeep()
  /// The removal of keys past their time.
  public let expiry = ActiveExpiry()
  let blocking = BlockedClients()
  let clientTable = ClientTable()
  let admission = AdmissionChecks()
  let hooks = CommandHooks()
  let lifecycle = Lifecycle()
  let shutdownWait = ShutdownWait()
  let eviction = Eviction()
  /// Closes clients that take too much memory.
  public let clientEviction = ClientEviction()
  let commands = CommandTable()
  let services = Place<[ModuleService]>([])
  let state = Place(ServerState())
  let calls = Place(CallState())
  /// What commands leave for the append-only file and for replicas.
  public let journal = Journal(state: Place(JournalState()))
  let keyspace: Place<KeyspaceState>
  let loop: EventLoop
  /// Where other threads leave work for this one.
  public let mailbox = Mailbox()
  /// Where random choices come from.
  public let random = RandomSource()

  /// `modules` in the order in which INFO and COMMAND list what they bring.
  public init(modules: [any CommandModule.Type]) {
    keyspace = Place(KeyspaceState(hash: .random()))
    loop = EventLoop(commands, mailbox)
    keyspace.value.host = self
    loop.state.value.serverReference = ServerReference(self)
    let registry = Registry(self)
    registry.registerKernel()
    for module in modules { registry.add(module) }
  }
}

/// What is looked at for each command. All else that changes belongs to the parts.
struct ServerState: ~Copyable {
  /// Why commands take the slow way; empty is the fast path.
  var gate: Gate = []
  /// Unix time, seconds.
  var unixSeconds: Int64 = 0
  var tickRate = TickRate()
  /// Commands that take longer are shown to those who asked for slow ones; in ticks.
  var slowTicks = UInt64.max
  var tracksLatency = true
  /// The least output at which any class of clients has a limit, or is counted towards a common one; bytes.
  var outputLimit = Int.max
}

extension Server {
  /// Unix time of this tick, milliseconds.
  public var now: Int64 { keyspace.value.now }
  /// Unix time of this tick, seconds.
  public var unixSeconds: Int64 { state.value.unixSeconds }

  /// Whether this server follows a primary. Whoever brings replication keeps it up to date.
  public var isReplica: Bool {
    get { lifecycle.isReplica }
    set {
      lifecycle.isReplica = newValue
      Log.role = newValue ? .replica : .master
      settings.oomScore.adjust()
    }
  }

  func databaseState(_ number: Int) -> Place<DatabaseState>? {
    keyspace.value.databases.indices.contains(number) ? keyspace.value.databases[number] : nil
  }

  /// A database by its number, nil when out of range.
  public func database(_ number: Int) -> Database? {
    guard let place = databaseState(number) else { return nil }
    return Database(place, keyspace)
  }

  /// How many databases there are.
  public var databaseCount: Int { keyspace.value.databases.count }

  /// Makes the databases, once their number is configured.
  func makeDatabases() {
    let hash = keyspace.value.hash
    keyspace.value.databases = (0..<settings.databases.value).map { Place(DatabaseState(number: $0, hash: hash)) }
  }

  /// Takes over settings that hot code keeps in places of its own.
  func settingsChanged() {
    keyspace.value.lazyExpire = settings.lazyExpire.value
    keyspace.value.lazyServerDelete = settings.lazyServerDelete.value
    keyspace.value.lazyUserDelete = settings.lazyUserDelete.value
    keyspace.value.notifies = settings.keyspaceEvents.value
    keyspace.value.usesLFU = memorySettings.policy.value.usesLFU
    keyspace.value.lfuDecayMinutes = memorySettings.lfuDecayTime.value
    keyspace.value.lfuLogFactor = memorySettings.lfuLogFactor.value
    state.value.tracksLatency = settings.latencyTracking.value
    clientEviction.settingsChanged(self)
    let limits = settings.outputBufferLimits.value
    var bytes = [limits.normal, limits.pubsub, limits.replica].flatMap { [$0.hardBytes, $0.softBytes] }
    if clientEviction.isOn { bytes.append(OutputBuffer.pooledCapacity) }
    state.value.outputLimit = bytes.filter { $0 > 0 }.min() ?? .max
    loop.state.value.inputRules.limits.bulkLength = settings.maxBulkLength.value
    loop.state.value.inputRules.bufferLimit = settings.queryBufferLimit.value
    for client in clientTable.all {
      client.updateAuthenticationGate()
      if client.place.value.waitingOutput > 0 { checkOutputLimit(client) }
    }
    clientTable.nextIdleCheck = 0
    slowThresholdChanged()
    updateTime()
    eviction.policyChanged()
    memoryLimitChanged()
  }

  /// Whether the limit of memory is none of this server's business: a replica leaves that to its primary.
  public var ignoresMemoryLimit: Bool {
    get { lifecycle.ignoresMemoryLimit }
    set {
      if newValue == lifecycle.ignoresMemoryLimit { return }
      lifecycle.ignoresMemoryLimit = newValue
      memoryLimitChanged()
    }
  }

  private func memoryLimitChanged() {
    guard memorySettings.maxMemory.value > 0, !lifecycle.ignoresMemoryLimit else {
      state.value.gate.remove(.memoryLimited)
      eviction.memoryIsExceeded(false)
      return
    }
    state.value.gate.insert(.memoryLimited)
    // Keys may have to go at once, without waiting for a command.
    eviction.schedule(self)
  }

  /// Finds the smallest duration that anyone wants to hear of; see `Registry.onSlowCommand`.
  public func slowThresholdChanged() {
    let microseconds = hooks.slowCommand.lazy.compactMap { $0.threshold() }.min()
    state.value.slowTicks = microseconds.map { state.value.tickRate.ticks(microseconds: $0) } ?? .max
  }

  /// Reads the clock for the commands that follow.
  func updateTime() {
    let milliseconds = Clock.unixMicroseconds() / 1000
    keyspace.value.now = milliseconds
    state.value.unixSeconds = milliseconds / 1000
    let seconds = UInt32(truncatingIfNeeded: milliseconds / 1000)
    keyspace.value.accessClock = keyspace.value.usesLFU ? seconds / 60 & 0xffff : seconds & 0xff_ffff
  }
}
