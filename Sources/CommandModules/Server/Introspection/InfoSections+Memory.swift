import ServerKernel

extension InfoSections {
  static func registerMemory(in registry: Registry) {
    registry.addInfo("Memory", group: "use", memoryUse)
    registry.addInfoStandIn("Memory", group: "scripts", [])
    registry.addInfo("Memory", group: "limit") { info, server in
      info.bytes("maxmemory", server.memorySettings.maxMemory.value)
      info.field("maxmemory_policy", server.memorySettings.policy.value.name)
    }
    registry.addInfo("Memory", group: "fragmentation", fragmentation)
    registry.addInfoStandIn(
      "Memory", group: "replication",
      [("mem_replication_backlog", "0"), ("mem_total_replication_buffers", "0"), ("mem_clients_slaves", "0")])
    registry.addInfo("Memory", group: "clients") { info, server in
      info.field("mem_clients_normal", server.clientMemory)
    }
    registry.addInfoStandIn("Memory", group: "cluster", [("mem_cluster_links", "0")])
    registry.addInfo("Memory", group: "journal") { info, server in
      info.field("mem_aof_buffer", server.memoryOverhead("aof.buffer"))
      info.field("mem_allocator", "libc")
    }
    registry.addInfoStandIn("Memory", group: "defragmentation", [("active_defrag_running", "0")])
    registry.addInfo("Memory", group: "lazyfree") { info, server in
      info.field("lazyfree_pending_objects", server.lazyFreePendingObjects)
      info.field("lazyfreed_objects", server.lazyFreedObjects)
    }
  }

  private static func memoryUse(_ info: inout InfoWriter, _ server: Server) {
    let memory = MemoryOverview(server)
    info.bytes("used_memory", memory.used)
    info.bytes("used_memory_rss", memory.resident)
    info.bytes("used_memory_peak", memory.peak)
    info.field("used_memory_peak_perc", memory.peakPercent, unit: "%")
    info.field("used_memory_overhead", memory.overhead)
    info.field("used_memory_startup", memory.startup)
    info.field("used_memory_dataset", memory.dataSet)
    info.field("used_memory_dataset_perc", memory.dataSetPercent, unit: "%")
    info.field("allocator_allocated", memory.used)
    info.field("allocator_active", memory.resident)
    info.field("allocator_resident", memory.resident)
    info.bytes("total_system_memory", server.systemMemory)
  }

  /// There is no view into the allocator: what it holds in pages is taken for what it wastes.
  private static func fragmentation(_ info: inout InfoWriter, _ server: Server) {
    let used = server.usedMemory
    let resident = server.residentMemory
    let ratio = used > 0 ? Double(resident) / Double(used) : 0
    info.field("allocator_frag_ratio", ratio)
    info.field("allocator_frag_bytes", max(0, resident - used))
    info.field("allocator_rss_ratio", 1.0)
    info.field("allocator_rss_bytes", 0)
    info.field("rss_overhead_ratio", 1.0)
    info.field("rss_overhead_bytes", 0)
    info.field("mem_fragmentation_ratio", ratio)
    info.field("mem_fragmentation_bytes", resident - used)
    info.field("mem_not_counted_for_evict", server.memoryNotCounted)
  }
}
