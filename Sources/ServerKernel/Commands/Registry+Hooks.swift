import Containers

// Points at which a module takes part in every command's life; the monitoring and pub/sub modules use them.
extension Registry {
  /// Runs `work` once when the server starts, after the configuration was read and the log opened.
  public func onStart(_ work: @escaping (Server) -> Void) { server.lifecycle.startHooks.append(work) }

  /// Runs `work` after each command that took at least `threshold` microseconds, after none while that is nil: the
  /// call, its client, the command, the time it took in microseconds, and how far it came. Arguments that the command
  /// marked with `Context.redact` must not be shown; see `Server.isRedacted`. When the threshold changes, say so by
  /// `Server.slowThresholdChanged`.
  public func onSlowCommand(
    from threshold: @escaping () -> Int?,
    _ work: @escaping (borrowing Call, Client, Command, Int, SlowCommandOutcome) -> Void
  ) {
    server.hooks.slowCommand.append(SlowCommandHook(threshold: threshold, work: work))
  }

  /// Runs `work` after each command while `Server.isMonitored` is set, in the order of execution; not for commands of
  /// administration. Redacted arguments as for `onSlowCommand`.
  public func onMonitoredCommand(_ work: @escaping (borrowing Call, Client, Server) -> Void) {
    server.hooks.monitoredCommand.append(work)
  }

  /// Runs `work` for each keyspace event that `notify-keyspace-events` selects: the event, the key and the database.
  public func onKeyspaceEvent(_ work: @escaping (KeyspaceEvent, borrowing Bytes, Int, Server) -> Void) {
    server.hooks.keyspaceEvent.append(work)
  }

  /// Runs `work` when a client goes back to the state of a new connection (RESET).
  public func onReset(_ work: @escaping (Client, Server) -> Void) {
    server.clientTable.resetHooks.append(work)
  }

  /// Runs `work` when a command has removed all keys of all databases.
  public func onFlushAll(_ work: @escaping (Server) -> Void) { server.lifecycle.flushHooks.append(work) }

  /// Runs `work` for each sample of the latency monitor that is at or above its threshold: the event's name and
  /// milliseconds.
  public func onLatency(_ work: @escaping (StaticString, Int, Server) -> Void) {
    server.hooks.latency.append(work)
  }

  /// Runs `work` when the counters of INFO's stats begin anew (CONFIG RESETSTAT).
  public func onStatisticsReset(_ work: @escaping () -> Void) { server.hooks.statisticsReset.append(work) }

  /// Adds a directive that only configuration files have.
  public func add(_ directive: FileDirective) {
    do {
      try server.configuration.register(directive)
    } catch {
      stopStart(error.message)
    }
  }
}

extension Server {
  /// A command has removed all keys of all databases.
  public func allKeysWereRemoved() {
    for hook in lifecycle.flushHooks { hook(self) }
  }

  /// Whether some client watches all commands (MONITOR).
  public var isMonitored: Bool {
    get { state.value.gate.contains(.monitored) }
    set { setGate(.monitored, newValue) }
  }

  /// Shows a call to those who watch all commands, before it runs: one that calls others comes before those. Its
  /// command is not shown otherwise (`skipMonitor`).
  public func showToMonitors(_ call: borrowing Call, _ client: Client) {
    if isMonitored { for hook in hooks.monitoredCommand { hook(call, client, self) } }
  }

  /// Whether the running command asked not to show this argument.
  public func isRedacted(_ argument: Int) -> Bool { calls.value.redactedArguments.contains(argument) }

  /// Gives the latency monitor a sample if it is on and the sample reaches its threshold.
  public func recordLatency(_ event: StaticString, milliseconds: Int) {
    let threshold = settings.latencyThreshold.value
    if threshold == 0 || milliseconds < threshold { return }
    for hook in hooks.latency { hook(event, milliseconds, self) }
  }

  /// Does `work`, and gives the latency monitor the time that it took as a sample of `event`.
  public func timed<Result>(_ event: StaticString, _ work: () -> Result) -> Result {
    if settings.latencyThreshold.value == 0 { return work() }
    let start = Clock.monotonicNanoseconds()
    defer { recordLatency(event, milliseconds: Int((Clock.monotonicNanoseconds() - start) / 1_000_000)) }
    return work()
  }
}

extension Context {
  /// Keeps an argument of the running command, a password, out of the slow log and MONITOR.
  public func redact(_ argument: Int) { server.calls.value.redactedArguments.append(argument) }
}
