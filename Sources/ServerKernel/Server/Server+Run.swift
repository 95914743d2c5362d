import CLinux
import Containers
import Glibc

extension Server {
  /// Reads the configuration that `arguments` name, loads the data set and serves until a shutdown. Does not return.
  public func run(_ arguments: ServerArguments) -> Never {
    do {
      try configuration.registerUnsupportedDirectives()
    } catch {
      Log.warning("Cannot start: \(error.message)")
      FileSystem.exit(1)
    }
    configuration.addFinalCheck(Log.checkFile)
    configuration.loadOrExit(arguments)
    Log.openSyslogIfEnabled()
    Supervision.begin()
    let isBackground = Daemon.isRequested.value && !Supervision.isActive
    // Before any thread is started: only the calling one survives the fork.
    if isBackground { Daemon.start() }
    showTitle()
    announceStart(arguments)
    Malloc.keepFreedMemory()
    HugePages.configure()
    prepare()
    settings.oomScore.adjust()
    loop.listeners.openOrExit(loop)
    PidFile.create(inBackground: isBackground)
    announceProcess()
    Log.warning("Server initialized")
    load()
    Log.notice("Ready to accept connections")
    Supervision.notifyReady()
    loop.run()
  }

  private func announceStart(_ arguments: ServerArguments) {
    Log.warning("oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo")
    Log.warning(
      "Redis version=\(RedisCompatibility.version), bits=64, commit=00000000, modified=0, pid=\(getpid()), just started"
    )
    let hasOptions = arguments.configurationFile != nil || arguments.options != nil || arguments.readsStandardInput
    if hasOptions {
      Log.warning("Configuration loaded")
    } else {
      Log.warning("Warning: no config file specified, using the default config.")
    }
  }

  /// What has to stand before the first client, or the first command of the append-only file.
  private func prepare() {
    for thread in [Disposal.thread, AddressSpace.thread] { thread.startOrExit() }
    settings.maxClients.store(OpenFilesLimit.adjustOrExit(forClients: settings.maxClients.value))
    startIOThreads()
    makeDatabases()
    settingsChanged()
    do {
      lifecycle.signalDescriptor = try ShutdownSignals.install()
    } catch {
      Log.warning("Cannot handle signals: \(error.text)")
      FileSystem.exit(1)
    }
    watch(lifecycle.signalDescriptor, for: .readable) { _, server in server.signalArrived() }
    watch(mailbox.descriptor, for: .readable) { _, server in server.mailbox.receive(server) }
    CrashReport.installIfEnabled()
    CrashReport.installOnRequest()
    addReportSections()
    upkeep.start(self)
    upkeep.runtimeMemory = clinux_malloc_in_use() - Malloc.bytesInUse
    upkeep.startupMemory = usedMemory
    Log.role = .master
    for hook in lifecycle.startHooks { hook(self) }
  }

  private func startIOThreads() {
    do throws(SystemError) {
      try loop.threads.adjust()
    } catch {
      Log.warning("Fatal: Can't initialize IO thread. Error message: \(error.text)")
      FileSystem.exit(1)
    }
  }

  private func announceProcess() {
    Log.notice("Running mode=standalone, port=\(loop.listeners.port.value).")
    // Tools that start a server look for this line to learn its process, and may connect from then on.
    Log.raw(.notice, " PID: \(getpid())\n")
  }

  /// Has the data set loaded by whoever keeps it, while clients are told to wait.
  private func load() {
    guard let load = lifecycle.loadHook else { return }
    whileLoading { load(self) }
  }

  /// Runs `work` with commands of clients refused, expired keys kept, and nothing journaled.
  public func whileLoading(_ work: () -> Void) {
    journal.state.value.isPaused = true
    state.value.gate.insert(.loading)
    keyspace.value.keepsExpired = true
    ShutdownSignals.isLoading = true
    work()
    ShutdownSignals.isLoading = false
    keyspace.value.keepsExpired = false
    state.value.gate.remove(.loading)
    journal.state.value.isPaused = false
  }

  /// Whether the data set is being loaded.
  public var isLoading: Bool { state.value.gate.contains(.loading) }

  /// Runs `work`, which puts back what the data set was: as `whileLoading`, and counted as no change.
  public func whileReloading(_ work: () -> Void) {
    let dirty = keyspace.value.dirty
    whileLoading(work)
    keyspace.value.dirty = dirty
  }

  /// Removes all keys of all databases, and what is no key; no event, no journal.
  public func emptyDatabases(lazily: Bool = false) {
    for place in keyspace.value.databases {
      var database = Database(place, keyspace)
      database.removeAll(lazily: lazily)
    }
    removeKeylessData()
  }

  /// Serves clients for a moment in the midst of loading: they connect, and learn that they have to wait. A load
  /// that a command asked for (DEBUG RELOAD) goes on without: the command's batch is not done. A load that has nothing
  /// to go on with waits for something to happen, so many milliseconds.
  public func serveWhileLoading(waitingAtMost milliseconds: Int32 = 0) {
    if !loop.state.value.isExecuting { loop.tick(waitingAtMost: milliseconds) }
  }
}
