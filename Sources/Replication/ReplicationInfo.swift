import ServerKernel

/// What INFO tells of replication.
enum ReplicationInfo {
  static func register(in registry: Registry, _ replication: Replication) {
    registerCounters(in: registry, replication)
    registry.addInfo("Replication", group: "replication") { info, _ in
      info.field("role", replication.isReplica ? "slave" : "master")
      replication.link?.describe(in: &info)
      replication.replicas.describe(in: &info)
      info.field("master_failover_state", replication.failover.stateName)
      writeStream(replication, &info)
    }
  }

  private static func registerCounters(in registry: Registry, _ replication: Replication) {
    registry.addInfo("Stats", group: "synchronisations") { info, _ in
      info.field("sync_full", replication.counters.full)
      info.field("sync_partial_ok", replication.counters.partial)
      info.field("sync_partial_err", replication.counters.partialRefused)
    }
    registry.addInfo("Memory", group: "replication") { info, _ in
      info.field("mem_replication_backlog", replication.stream.backlogMemory)
      info.field("mem_total_replication_buffers", replication.stream.backlogMemory + replication.stream.excessMemory)
      info.field("mem_clients_slaves", replication.stream.excessMemory)
    }
  }

  private static func writeStream(_ replication: Replication, _ info: inout InfoWriter) {
    let stream = replication.stream
    info.field("master_replid", replication.identity.current)
    info.field("master_replid2", replication.identity.previous)
    info.field("master_repl_offset", Int(stream.end))
    info.field("second_repl_offset", Int(replication.identity.previousEnd + 1))
    info.field("repl_backlog_active", stream.backlog != nil)
    info.field("repl_backlog_size", stream.size)
    info.field("repl_backlog_first_byte_offset", Int(stream.backlog.map { $0.start + 1 } ?? 0))
    info.field("repl_backlog_histlen", stream.backlog?.count ?? 0)
  }
}
