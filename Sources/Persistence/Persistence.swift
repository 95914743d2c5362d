import RDB
import ServerKernel

/// Durability: the append-only file and the dump file, attached to the kernel's hooks.
public enum Persistence: CommandModule {
  public static var commands: [any RedisCommand.Type] { [BGREWRITEAOF.self, BGSAVE.self, LASTSAVE.self, SAVE.self] }

  public static func register(in registry: Registry) {
    let settings = AppendOnlySettings()
    let file = AppendOnlyFile(registry.server, settings)
    settings.register(
      in: registry, onToggle: { () throws(ConfigurationError) in try file.toggle() }, onKeepHistory: file.deleteHistory)
    let dumpSettings = DumpSettings()
    let dump = DumpFile(registry.server, dumpSettings)
    dumpSettings.register(in: registry, onChange: dump.gateWrites)
    registry.onLoad { _ in
      file.start()
      if !settings.isEnabled.value { DumpLoader(dump: dump, appendOnlyFile: file).loadAtStart() }
      dump.noteLoaded()
    }
    registry.onShutdown { options, _ in
      if file.state == .waitingForRewrite && file.rewrite.isRunning {
        if !options.contains(.force) {
          Log.warning("Writing initial AOF, can't exit.")
          return false
        }
        Log.warning("Writing initial AOF. Exit anyway.")
      }
      if file.rewrite.isRunning {
        Log.warning("There is a child rewriting the AOF. Killing it!")
        file.rewrite.cancel()
      }
      return file.finish() && dump.shutDown(options)
    }
    registry.onFlushAll { _ in dump.allKeysWereRemoved() }
    registry.addTimer(milliseconds: 100) { _ in
      file.tick()
      dump.tick()
    }
    PersistenceInfo(file: file, dump: dump).register(in: registry)
    registry.setService(file)
    registry.setService(file.durability)
    registry.setService(dump)
    registry.addDebugSubcommand("aof-flush-sleep", arguments: 1) { call, _ in
      file.flushDelay = Int(clamping: call[2].integer ?? 0)
    }
    registry.addDebugSubcommand("set-skip-checksum-validation", arguments: 1) { call, _ in
      RDBSettings.skipsValidation.store(call.isOn(2), ordering: .relaxed)
    }
    registry.onReload { kind, _ in Reload(owner: file, dump: dump).run(kind) }
  }
}
