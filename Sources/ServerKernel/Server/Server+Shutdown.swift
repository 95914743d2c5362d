import Glibc

// Orderly shutdown, of the SHUTDOWN command.
extension Server {
  /// Shuts down at once. Returns only when the shutdown cannot be done now.
  public func requestShutdown(_ options: ShutdownOptions) -> Bool {
    Log.warning("User requested shutdown...")
    for listener in journal.state.value.listeners { listener.flush() }
    loop.writeOutput()
    Log.warning("Redis is now ready to exit, bye bye...")
    exit(0)
  }

  /// Takes a requested shutdown back; false when none is under way.
  public func abortShutdown() -> Bool { false }
}
