import ServerKernel

/// INFO's sections and their fields, in Redis' order. Modules add groups to them, and stand in for nothing that they
/// bring themselves: see `Registry.addInfo`.
enum InfoSections {
  static func register(in registry: Registry) {
    registry.addInfo("Server", group: "server", server)
    registry.addInfo("Clients", group: "clients", clients)
    registerMemory(in: registry)
    registerPersistence(in: registry)
    registerStatistics(in: registry)
    registerReplication(in: registry)
    registry.addInfo("CPU", group: "processor") { info, server in
      let process = server.processorTime(of: .process), children = server.processorTime(of: .children)
      let thread = server.processorTime(of: .commandThread)
      info.seconds("used_cpu_sys", microseconds: process.system)
      info.seconds("used_cpu_user", microseconds: process.user)
      info.seconds("used_cpu_sys_children", microseconds: children.system)
      info.seconds("used_cpu_user_children", microseconds: children.user)
      info.seconds("used_cpu_sys_main_thread", microseconds: thread.system)
      info.seconds("used_cpu_user_main_thread", microseconds: thread.user)
      let times = server.ioThreadProcessorTimes
      if times.isEmpty { return }
      // As Valkey names them.
      info.seconds("used_active_time_main_thread", microseconds: thread.system + thread.user)
      for (index, time) in times.enumerated() {
        info.seconds("used_active_time_io_thread_", index + 1, microseconds: time)
      }
    }
    registry.addInfoStandIn("Modules", group: "modules", [])
    registry.addInfo("Commandstats", group: "commands", inDefault: false, commandStatistics)
    registry.addInfo("Errorstats", group: "errors", errorStatistics)
    registry.addInfo("Latencystats", group: "latency", inDefault: false, latencyStatistics)
    registry.addInfoStandIn("Cluster", group: "cluster", [("cluster_enabled", "0")])
    registry.addInfo("Keyspace", group: "databases", databases)
  }

  private static func server(_ info: inout InfoWriter, _ server: Server) {
    let file = server.configuration.filePath ?? []
    let uptime = Int(server.unixSeconds - server.startTime)
    info.field("redis_version", RedisCompatibility.version)
    info.field("redis_git_sha1", "00000000")
    info.field("redis_git_dirty", "0")
    info.field("redis_build_id", "0")
    info.field("redis_mode", "standalone")
    info.field("os", server.systemName)
    info.field("arch_bits", "64")
    info.field("monotonic_clock", "POSIX clock_gettime")
    info.field("multiplexing_api", "epoll")
    info.field("atomicvar_api", "swift-builtin")
    info.field("gcc_version", "0.0.0")
    info.field("process_id", server.processIdentifier)
    info.field("process_supervised", Supervision.isActive ? Supervision.manager.value.name : "no")
    info.field("run_id", server.runIdentifier)
    info.field("tcp_port", server.port)
    info.field("server_time_usec", Int(Clock.unixMicroseconds()))
    info.field("uptime_in_seconds", uptime)
    info.field("uptime_in_days", uptime / 86400)
    info.field("hz", server.effectiveHz)
    info.field("configured_hz", server.settings.hz.value)
    info.field("lru_clock", server.accessClock)
    info.field("executable", server.executablePath)
    info.field("config_file", file.bytes)
    info.field("io_threads_active", server.ioThreadsAreActive ? 1 : 0)
    if let remaining = server.shutdownInMilliseconds { info.field("shutdown_in_milliseconds", remaining) }
  }

  private static func clients(_ info: inout InfoWriter, _ server: Server) {
    let largest = server.largestBuffers
    info.field("connected_clients", server.clients.count { $0.role != .replica })
    info.field("cluster_connections", "0")
    info.field("maxclients", server.settings.maxClients.value)
    info.field("client_recent_max_input_buffer", largest.input)
    info.field("client_recent_max_output_buffer", largest.output)
    info.field("blocked_clients", server.blockedClients)
    info.field("tracking_clients", "0")
    info.field("clients_in_timeout_table", server.clientsWithTimeout)
  }

  private static func databases(_ info: inout InfoWriter, _ server: Server) {
    for number in 0..<server.databaseCount {
      guard let database = server.database(number), database.count > 0 else { continue }
      info.begin("db", number)
      info.add("keys=", database.count)
      info.add(",expires=", database.expiringCount)
      info.add(",avg_ttl=", Int(database.averageTimeToLive))
      info.end()
    }
  }

  /// A server without replication is a primary without replicas.
  private static func registerReplication(in registry: Registry) {
    let none = String(repeating: "0", count: 40)
    registry.addInfoStandIn(
      "Replication", group: "replication",
      [
        ("role", "master"), ("connected_slaves", "0"), ("master_failover_state", "no-failover"),
        ("master_replid", none), ("master_replid2", none), ("master_repl_offset", "0"), ("second_repl_offset", "-1"),
        ("repl_backlog_active", "0"), ("repl_backlog_size", "0"), ("repl_backlog_first_byte_offset", "0"),
        ("repl_backlog_histlen", "0"),
      ])
  }
}
