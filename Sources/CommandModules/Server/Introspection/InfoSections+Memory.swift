import ServerKernel

/// How memory is used, as INFO memory and MEMORY STATS tell.
struct MemoryOverview {
  let used: Int
  let peak: Int
  let resident: Int
  let startup: Int
  let clients: Int
  /// What waits to be written to the append-only file.
  let journal: Int
  /// Tables of each database that has keys.
  let tables: [(database: Int, keys: Int, expires: Int)]
  let keyCount: Int

  init(_ server: Server) {
    used = server.usedMemory
    peak = server.peakMemory
    resident = server.residentMemory
    startup = server.startupMemory
    clients = server.clientMemory
    journal = server.persistence.appendOnlyFile?.bufferLength ?? 0
    var tables: [(Int, Int, Int)] = []
    var keys = 0
    for number in 0..<server.databaseCount {
      guard let database = server.database(number), database.count > 0 else { continue }
      let memory = database.tableMemory
      tables.append((number, memory.keys, memory.expires))
      keys += database.count
    }
    self.tables = tables
    keyCount = keys
  }

  var overhead: Int { startup + clients + journal + tables.reduce(0) { $0 + $1.keys + $1.expires } }
  var dataSet: Int { max(0, used - overhead) }
  var dataSetPercent: Double { used > startup ? Double(dataSet) * 100 / Double(used - startup) : 0 }
  var peakPercent: Double { peak > 0 ? Double(used) * 100 / Double(peak) : 0 }
  var fragmentation: Double { used > 0 ? Double(resident) / Double(used) : 0 }
  var bytesPerKey: Int { keyCount > 0 ? max(0, used - startup) / keyCount : 0 }
}

extension InfoSections {
  static func memory(_ server: Server) -> String {
    let memory = MemoryOverview(server)
    let limit = server.memorySettings.maxMemory.value
    let scripts = server.scripts
    return lines([
      ("used_memory", "\(memory.used)"), ("used_memory_human", human(memory.used)),
      ("used_memory_rss", "\(memory.resident)"), ("used_memory_rss_human", human(memory.resident)),
      ("used_memory_peak", "\(memory.peak)"), ("used_memory_peak_human", human(memory.peak)),
      ("used_memory_peak_perc", fixed(memory.peakPercent) + "%"), ("used_memory_overhead", "\(memory.overhead)"),
      ("used_memory_startup", "\(memory.startup)"), ("used_memory_dataset", "\(memory.dataSet)"),
      ("used_memory_dataset_perc", fixed(memory.dataSetPercent) + "%"), ("allocator_allocated", "\(memory.used)"),
      ("allocator_active", "\(memory.resident)"), ("allocator_resident", "\(memory.resident)"),
      ("total_system_memory", "\(server.systemMemory)"),
      ("total_system_memory_human", human(server.systemMemory)), ("used_memory_lua", "\(scripts.interpreterMemory)"),
      ("used_memory_vm_eval", "\(scripts.interpreterMemory)"),
      ("used_memory_lua_human", human(scripts.interpreterMemory)),
      ("used_memory_scripts_eval", "\(scripts.scriptMemory)"),
      ("number_of_cached_scripts", "\(scripts.scripts)"), ("number_of_functions", "\(scripts.functions)"),
      ("number_of_libraries", "\(scripts.libraries)"),
      ("used_memory_vm_functions", "\(scripts.functionInterpreterMemory)"),
      ("used_memory_vm_total", "\(scripts.allInterpreterMemory)"),
      ("used_memory_vm_total_human", human(scripts.allInterpreterMemory)),
      ("used_memory_functions", "\(scripts.functionMemory)"), ("used_memory_scripts", "\(scripts.allScriptMemory)"),
      ("used_memory_scripts_human", human(scripts.allScriptMemory)),
      ("maxmemory", "\(limit)"), ("maxmemory_human", human(limit)),
      ("maxmemory_policy", server.memorySettings.policy.value.name),
      ("allocator_frag_ratio", fixed(memory.fragmentation)),
      ("allocator_frag_bytes", "\(max(0, memory.resident - memory.used))"), ("allocator_rss_ratio", "1.00"),
      ("allocator_rss_bytes", "0"), ("rss_overhead_ratio", "1.00"), ("rss_overhead_bytes", "0"),
      ("mem_fragmentation_ratio", fixed(memory.fragmentation)),
      ("mem_fragmentation_bytes", "\(memory.resident - memory.used)"),
      ("mem_not_counted_for_evict", "\(server.memoryNotCounted)"),
      ("mem_replication_backlog", "0"), ("mem_total_replication_buffers", "0"), ("mem_clients_slaves", "0"),
      ("mem_clients_normal", "\(memory.clients)"), ("mem_cluster_links", "0"), ("mem_aof_buffer", "\(memory.journal)"),
      ("mem_allocator", "libc"), ("active_defrag_running", "0"),
      ("lazyfree_pending_objects", "\(server.lazyFreePendingObjects)"),
      ("lazyfreed_objects", "\(server.lazyFreedObjects)"),
    ])
  }
}

extension ScriptStatus {
  fileprivate var allInterpreterMemory: Int { interpreterMemory + functionInterpreterMemory }
  fileprivate var allScriptMemory: Int { scriptMemory + functionMemory }
}
