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
    upkeep.lazyFreedAtReset = Disposal.freedObjects
    expiry.statistics = ExpiryStatistics()
    eviction.resetStatistics()
    clientEviction.resetStatistics()
    for hook in hooks.statisticsReset { hook() }
  }

  /// The directive `rename-command old new`, which takes a command away when the new name is empty.
  var renameDirective: FileDirective {
    FileDirective("rename-command", argumentCount: 2...2) { [unowned self] words throws(ConfigurationError) in
      let old = words[0], new = words[1]
      guard commands.find(old.bytes) != nil else {
        throw ConfigurationError("No such command in rename-command")
      }
      if !new.isEmpty, commands.find(new.bytes) != nil {
        throw ConfigurationError("Target command name already exists")
      }
      _ = commands.rename(old.bytes, to: String(decoding: new, as: UTF8.self).lowercased())
    }
  }
}

extension Command {
  /// The time that calls took, microseconds.
  public func microseconds(_ server: Server) -> Int { server.state.value.tickRate.microseconds(ticks) }
}
