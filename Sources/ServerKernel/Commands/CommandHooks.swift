import Containers

/// Where modules take part in what happens with every command.
final class CommandHooks {
  /// Called with each command after it was executed, while `Gate.monitored` is set.
  var monitoredCommand: [(borrowing Call, Client, Server) -> Void] = []
  /// Who wants to hear of slow commands.
  var slowCommand: [SlowCommandHook] = []
  /// Called with each keyspace event that is switched on.
  var keyspaceEvent: [(KeyspaceEvent, borrowing Bytes, Int, Server) -> Void] = []
  /// What modules add to DEBUG.
  var debugSubcommands: [DebugSubcommand] = []
  /// Called with each sample of the latency monitor.
  var latency: [(StaticString, Int, Server) -> Void] = []
  /// Called when counters of INFO begin anew.
  var statisticsReset: [() -> Void] = []
}

/// The running call, and those that it makes.
struct CallState: ~Copyable {
  /// Clients of commands that commands call, by how deeply those are nested.
  var nestedClients: [Client] = []
  var depth = 0
  /// Arguments of the running command that nobody may see.
  var redactedArguments: [Int] = []
  /// A command runs that comes across keys which nobody named.
  var touchesArbitraryKeys = false
  /// Calls of scripts may be of any command.
  var scriptsMayCallAll = false
}

/// Someone who wants to hear of commands that take long.
struct SlowCommandHook {
  /// From how many microseconds on; nil: of none.
  let threshold: () -> Int?
  let work: (borrowing Call, Client, Command, Int, SlowCommandOutcome) -> Void
}

/// How far a slow command came.
public enum SlowCommandOutcome {
  case done
  /// Its client waits; the command is shown again when that is served.
  case blocked
  /// Its client had waited, and was served.
  case served
}
