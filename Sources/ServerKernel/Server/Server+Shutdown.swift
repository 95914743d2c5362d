extension Server {
  /// Shuts down. Returns only when something prevents it.
  public func requestShutdown(_ options: ShutdownOptions) -> Bool {
    if shutdown(options) { FileSystem.exit(0) }
    Log.warning("Errors trying to shut down the server. Check the logs for more information.")
    return false
  }

  /// Whether others have to get ready first.
  func hasToWaitBeforeShutdown(_ options: ShutdownOptions) -> Bool {
    !options.contains(.now) && settings.shutdownTimeout.value > 0 && !isLoading && !shutdownWait.isReady(self)
  }

  /// Takes a shutdown back that waits for others, or that a signal asked for and no turn has come to; false when there
  /// is none.
  public func abortShutdown() -> Bool {
    if !shutdownWait.isWaiting && lifecycle.requestedShutdown == nil { return false }
    Log.notice("Shutdown manually aborted.")
    shutdownWait.abort(self)
    lifecycle.requestedShutdown = nil
    ShutdownSignals.acknowledge()
    return true
  }

  /// Milliseconds until a shutdown that waits for others goes on without them; nil when none does.
  public var shutdownInMilliseconds: Int? { shutdownWait.remaining }

  /// A signal asked for a report, or for a shutdown, which the loop does at the end of the tick.
  func signalArrived() {
    ShutdownSignals.consumeWake()
    CrashReport.reportSectionsIfRequested()
    if let signal = ShutdownSignals.pending { lifecycle.requestedShutdown = ShutdownSignals.options(for: signal) }
  }

  func shutdownIfRequested() {
    guard let options = lifecycle.requestedShutdown, !upkeep.isPaused else { return }
    lifecycle.requestedShutdown = nil
    if hasToWaitBeforeShutdown(options) {
      if !shutdownWait.isWaiting { Log.warning("User requested shutdown...") }
      shutdownWait.begin(options, self)
    } else {
      _ = requestShutdown(options)
    }
    ShutdownSignals.acknowledge()
  }

  /// Does what comes before the end of the process; false when something prevents it and `force` is not given.
  func shutdown(_ options: ShutdownOptions) -> Bool {
    Log.warning("User requested shutdown...")
    Supervision.notifyStopping()
    for listener in journal.state.value.listeners { listener.flush() }
    for hook in lifecycle.shutdownHooks where !hook(options, self) && !options.contains(.force) { return false }
    PidFile.remove()
    // Replies to what was executed before the shutdown still go out.
    loop.writeLastOutput()
    loop.listeners.close(removingFile: true)
    Log.warning("Redis is now ready to exit, bye bye...")
    return true
  }
}
