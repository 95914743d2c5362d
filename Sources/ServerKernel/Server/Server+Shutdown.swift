import Glibc

extension Server {
  /// Shuts down at the end of this tick, if nothing prevents it.
  public func requestShutdown(_ options: ShutdownOptions) { state.value.shutdown = options }

  /// A signal asked for a shutdown.
  func signalArrived() {
    guard let signal = ShutdownSignals.pending else { return }
    requestShutdown(ShutdownSignals.options(for: signal))
  }

  func shutdownIfRequested() {
    guard let options = state.value.shutdown else { return }
    state.value.shutdown = nil
    if shutdown(options) { FileSystem.exit(0) }
    ShutdownSignals.acknowledge()
    Log.warning("Errors trying to shut down the server. Check the logs for more information.")
  }

  /// Does what comes before the end of the process; false when something prevents it and `force` is not given.
  public func shutdown(_ options: ShutdownOptions) -> Bool {
    Log.warning("User requested shutdown...")
    Supervision.notifyStopping()
    for hook in state.value.shutdownHooks where !hook(options, self) && !options.contains(.force) { return false }
    Log.notice("Removing the pid file.")
    PidFile.remove()
    // Replies to what was executed before the shutdown still go out.
    loop.writeOutput()
    loop.listeners.close(removingFile: true)
    Log.warning("Redis is now ready to exit, bye bye...")
    return true
  }
}
