import Glibc

extension Server {
  /// Reads the configuration that `arguments` name, opens the sockets and serves until a shutdown. Does not return.
  public func run(_ arguments: ServerArguments) -> Never {
    do {
      try configuration.registerUnsupportedDirectives()
    } catch {
      Log.warning("Cannot start: \(error.message)")
      exit(1)
    }
    configuration.loadOrExit(arguments)
    start()
    loop.run()
    exit(0)
  }

  private func start() {
    let maxClients = OpenFilesLimit.adjust(forClients: settings.maxClients.value)
    settings.maxClients.store(maxClients)
    makeDatabases()
    settingsChanged()
    loop.state.value.limits.bulkLength = settings.maxBulkLength.value
    loop.listeners.openOrExit(loop)
    _ = loop.poller.add(mailbox.descriptor, .readable, token: Mailbox.token)
    startCron()
    state.value.startupMemory = usedMemory
    Log.role = .master
    Log.notice("Server initialized")
    Log.notice("Ready to accept connections")
  }

  func signalArrived() {}
  func shutdownIfRequested() {}
  func serveBlocked() {
    var context = makeContext()
    serveBlocked(&context)
  }
}

extension Registry {
  /// The kernel's own parameters.
  func registerKernel() {
    let server = self.server
    do {
      let changed = { [unowned server] in server.settingsChanged() }
      try server.settings.register(in: server.configuration, onChange: changed)
      try server.memorySettings.register(in: server.configuration, onChange: changed)
      try server.loop.listeners.register(in: server.configuration, server.loop)
      try server.configuration.register(ProcessParameters.all)
    } catch {
      Log.warning("Cannot start: \(error.message)")
      exit(1)
    }
  }
}
