import Persistence
import ServerKernel

/// Replication: primaries, replicas and the links between them.
public enum ReplicationModule: CommandModule {
  public static var commands: [any RedisCommand.Type] {
    [
      FAILOVER.self, PSYNC.self, REPLCONF.self, REPLICAOF.self, ROLE.self, SLAVEOF.self, SYNC.self, WAIT.self,
      WAITAOF.self,
    ]
  }

  public static func register(in registry: Registry) {
    let settings = ReplicationSettings()
    let replication = Replication(registry.server, settings)
    settings.register(in: registry, onChange: replication.settingsChanged)
    registry.setService(replication)
    replication.replicaCountGate = registry.add(ReplicaCountCheck.self)
    registry.onDisconnect { client, _ in replication.replicas.remove(client) }
    registry.onFlushAll { _ in replication.replicas.giveUpTransfer() }
    registry.addTimer(milliseconds: 1000) { _ in
      replication.replicas.tick()
      replication.link?.tick()
    }
    registry.addDebugSubcommand("change-repl-id", arguments: 0) { _, _ in
      Log.warning("Changing replication IDs after receiving DEBUG change-repl-id")
      replication.identity.renew()
    }
    registry.addDebugSubcommand("replicate", arguments: 1) { call, _ in
      var writer = CommandWriter()
      writer.begin(call[2], arguments: 0)
      if replication.stream.takesEffects { replication.stream.add(writer.output.bytes) }
    }
    registry.onShutdownWait(
      { _ in replication.replicas.haveEverything }, whenOver: { _ in replication.replicas.logLagging() })
    replication.registerReplica(in: registry)
    registry.onStatisticsReset { replication.counters = Replication.Counters() }
    registry.onStart { server in
      // What the configuration file says changes nothing that anyone is told of.
      replication.settingsChanged()
      server.service(DumpFile.self)?.giveUpTransfer = replication.replicas.giveUpTransfer
      server.service(Durability.self)?.whenAdvanced.append {
        replication.replicas.acknowledgements.arrived()
        replication.link?.diskAdvanced()
      }
    }
    registry.addMemoryOverhead("replication.backlog") { replication.stream.backlogMemory }
    registry.addMemoryOverhead("clients.slaves") { replication.stream.excessMemory }
    registry.addUncountedMemory { replication.stream.excessMemory }
    ReplicationInfo.register(in: registry, replication)
  }
}
