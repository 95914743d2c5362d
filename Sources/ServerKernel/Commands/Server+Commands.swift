import Containers

// The command table, as commands see it.
extension Server {
  /// All commands under the names that clients use, in the order of registration.
  public var allCommands: [Command] { commands.commands }

  /// A command, or with `a|b` a subcommand, by its name in either case.
  public func command(named name: borrowing Bytes) -> Command? { commands.command(name) }

  /// Forgets calls, times and errors of all commands, and the counters of INFO stats.
  public func resetStatistics() {
    for command in commands.commands {
      command.resetStatistics()
      for subcommand in command.subcommands { subcommand.resetStatistics() }
    }
    statistics.reset()
    keyspace.value.hits = 0
    keyspace.value.misses = 0
    keyspace.value.expiredKeys = 0
    state.value.evictedKeys = 0
    for hook in state.value.resetStatisticsHooks { hook(self) }
  }

  /// Gives a command another name, or none: `rename-command`. False when there is no such command, or the new name is
  /// taken.
  func rename(_ name: [UInt8], to newName: [UInt8]) -> Bool {
    if !newName.isEmpty, unsafe commands.find(newName.bytes) != nil { return false }
    return commands.rename(name.bytes, to: String(decoding: newName, as: UTF8.self).lowercased())
  }
}

extension Command {
  /// The time that calls took, microseconds.
  public func microseconds(_ server: Server) -> Int { server.state.value.tickRate.microseconds(ticks) }
}
