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
  let commands = CommandTable()
  let state = Place(ServerState())
  let journal = Journal(state: Place(JournalState()))
  let keyspace: Place<KeyspaceState>
  let loop: EventLoop
  /// Where other threads leave work for this one.
  public let mailbox = Mailbox()
  /// Where random choices come from.
  public let random = RandomSource()

  /// `modules` in the order in which INFO and COMMAND list what they bring.
  public init(modules: [any CommandModule.Type]) {
    keyspace = Place(KeyspaceState(hash: .random()))
    loop = EventLoop(lentStrings: keyspace.value.lentStrings)
    keyspace.value.observerReference = ServerReference(self)
    loop.state.value.serverReference = ServerReference(self)
    let registry = Registry(self)
    registry.registerKernel()
    for module in modules { registry.add(module) }
  }
}

/// What changes about the server as a whole and is looked at for each command.
struct ServerState: ~Copyable {
  /// Why commands take the slow way; empty is the fast path.
  var gate: Gate = []
  /// What commands pass on the slow way, in order.
  var checks: [(gate: Gate, type: any AdmissionCheck.Type)] = []
  /// Gates given to modules' checks.
  var registeredGates = 0
  /// Clients of commands that commands call, by how deeply those are nested.
  var nestedClients: [Client] = []
  var nestingDepth = 0
  /// Unix time, seconds.
  var unixSeconds: Int64 = 0
  var tickRate = TickRate()
  /// Commands that take longer are looked at by the slow log and the latency monitor; in ticks.
  var slowTicks = UInt64.max
  var tracksLatency = true
  /// The least output at which any class of clients has a limit, bytes.
  var outputLimit = Int.max
  let startedAt = Clock.unixMicroseconds() / 1_000_000
  let runIdentifier = RunIdentifier.make()
  var replicationIdentifier = RunIdentifier.make()
  var startupMemory = 0
  /// Tells what is known of scripts.
  var scriptStatus: (() -> ScriptStatus)?
  var startHooks: [(Server) -> Void] = []
  /// Tells what is known of files.
  var persistenceStatus: (() -> PersistenceStatus)?
  var databases: [Place<DatabaseState>] = []
  var clients: [Client] = []
  var clientsByID: [UInt64: Client] = [:]
  var lastClientID: UInt64 = 0
  var systemClient: Client?
  var blockedClients = 0
  var peakMemory = 0
  /// Bytes of what malloc handed out before the server began to serve that `Malloc` did not count.
  var runtimeMemory = 0
  var evictedKeys = 0
  /// What the disposal thread had freed when the statistics were reset.
  var lazyFreedAtReset = 0
  var expiry = ExpiryStatistics()
  /// The turn of the active expiry that is between two slices, and the database it looks at next.
  var expiryTurn: ExpiryTurn?
  var expiryDatabase = 0
  /// A timer is set to go on with taking back what was freed.
  var collectsMemorySoon = false
  /// A timer is set to go on with tables between two sizes.
  var movesTablesSoon = false
  var eviction = EvictionStatistics()
  var bufferPeaks = RecentBufferPeaks()
  /// A command runs that comes across keys which nobody named.
  var touchesArbitraryKeys = false
  /// DEBUG SET-ACTIVE-EXPIRE.
  var isActiveExpireOn = true
  /// DEBUG AOF-FLUSH-SLEEP, microseconds.
  var journalDelay = 0
  /// DEBUG PAUSE-CRON.
  var isCronPaused = false
  var skipsChecksums = false
  /// Those who wait for keys that were added or changed meanwhile.
  var readyKeys: [WaitQueue] = []
  var pause = PauseState()
  var snapshot: Snapshot?
  /// Set while a blocked client's command is tried again.
  var retry: BlockedRetry?
  /// What modules and services add to the life of a client, a command, a tick.
  var disconnectHooks: [(Client, Server) -> Void] = []
  /// Called with each command after it was executed, while `Gate.monitored` is set.
  var monitorHooks: [(borrowing Call, Client, Server) -> Void] = []
  /// Called with each keyspace event that is switched on.
  var eventHooks: [(KeyspaceEvent, borrowing Bytes, Int, Server) -> Void] = []
  /// Called after a command that took longer than `slowTicks`.
  var slowHooks: [(borrowing Call, Client, Command, Int, Server) -> Void] = []
  var resetHooks: [(Client, Server) -> Void] = []
  var latencyHooks: [(StaticString, Int, Server) -> Void] = []
  var reloadHook: ((ReloadKind, Server) -> String?)?
  /// Clients whose output is, or was a moment ago, above its soft limit.
  var softLimited: [Client] = []
  /// When a client may be idle for too long, Unix seconds.
  var nextIdleCheck: Int64 = 0
  /// Arguments of the running command that nobody may see.
  var redactedArguments: [Int] = []
  /// Who has keys past their time hidden.
  var expiryHolders: Set<ObjectIdentifier> = []
  /// Why writes are refused while `Gate.writesRefused` is set, and by whom: whole errors.
  var writeRefusals: [(owner: ObjectIdentifier, error: ErrorText)] = []
  /// A request to shut down that the loop honours at the end of the tick.
  var shutdown: ShutdownOptions?
  var shutdownHooks: [(ShutdownOptions, Server) -> Bool] = []
  var flushHooks: [(Server) -> Void] = []
  /// Loads the data set at start.
  var loadHook: ((Server) -> Void)?
  /// Objects of modules, by type.
  var services: [ObjectIdentifier: AnyObject] = [:]
  var signalDescriptor: Int32 = -1
}

extension Server {
  /// Unix time of this tick, milliseconds.
  public var now: Int64 { keyspace.value.now }
  /// Unix time of this tick, seconds.
  public var unixSeconds: Int64 { state.value.unixSeconds }

  func databaseState(_ number: Int) -> Place<DatabaseState>? {
    state.value.databases.indices.contains(number) ? state.value.databases[number] : nil
  }

  /// A database by its number, nil when out of range.
  public func database(_ number: Int) -> Database? {
    guard let place = databaseState(number) else { return nil }
    return Database(place, keyspace)
  }

  /// How many databases there are.
  public var databaseCount: Int { state.value.databases.count }

  /// Makes the databases, once their number is configured.
  func makeDatabases() {
    let hash = keyspace.value.hash
    state.value.databases = (0..<settings.databases.value).map { Place(DatabaseState(number: $0, hash: hash)) }
  }

  /// Takes over settings that hot code keeps in places of its own.
  func settingsChanged() {
    keyspace.value.lazyExpire = settings.lazyExpire.value
    keyspace.value.lazyServerDelete = settings.lazyServerDelete.value
    keyspace.value.lazyUserDelete = settings.lazyUserDelete.value
    keyspace.value.notifies = settings.keyspaceEvents.value
    keyspace.value.usesLFU = memorySettings.policy.value.usesLFU
    state.value.tracksLatency = settings.latencyTracking.value
    let limits = settings.outputBufferLimits.value
    let bytes = [limits.normal, limits.pubsub].flatMap { [$0.hardBytes, $0.softBytes] }
    state.value.outputLimit = bytes.filter { $0 > 0 }.min() ?? .max
    loop.state.value.limits.bulkLength = settings.maxBulkLength.value
    for client in state.value.clients {
      client.updateAuthenticationGate()
      if client.place.value.output.pending > 0 { checkOutputLimit(client) }
    }
    state.value.nextIdleCheck = 0
    updateSlowThreshold()
    updateTime()
    memoryLimitChanged()
  }

  private func memoryLimitChanged() {
    guard memorySettings.maxMemory.value > 0 else {
      state.value.gate.remove(.memoryLimited)
      state.value.eviction.memoryIsExceeded(false)
      return
    }
    state.value.gate.insert(.memoryLimited)
    // Keys may have to go at once, without waiting for a command.
    scheduleEviction()
  }

  /// The smallest duration that anyone wants to hear of, in ticks.
  func updateSlowThreshold() {
    var microseconds = Int.max
    if settings.slowlogThreshold.value >= 0 { microseconds = settings.slowlogThreshold.value }
    let milliseconds = settings.latencyThreshold.value
    if milliseconds > 0 && milliseconds < Int.max / 1000 { microseconds = min(microseconds, milliseconds * 1000) }
    state.value.slowTicks = microseconds == .max ? .max : state.value.tickRate.ticks(microseconds: microseconds)
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
