import ServerKernel

/// INFO's sections and their fields, in Redis' order.
enum InfoSections {
  static func register(in registry: Registry) {
    registry.addInfo("Server", server)
    registry.addInfo("Clients", clients)
    registry.addInfo("Memory", memory)
    registry.addInfo("Persistence", persistence)
    registry.addInfo("Stats", statistics)
    registry.addInfo("Replication", replication)
    registry.addInfo("CPU", processor)
    registry.addInfo("Modules") { _ in "" }
    registry.addInfo("Commandstats", inDefault: false, commandStatistics)
    registry.addInfo("Errorstats", errorStatistics)
    registry.addInfo("Latencystats", inDefault: false, latencyStatistics)
    registry.addInfo("Cluster") { _ in "cluster_enabled:0\r\n" }
    registry.addInfo("Keyspace", keyspace)
  }

  /// `name:value` lines.
  static func lines(_ fields: [(String, String)]) -> String {
    var text = ""
    for (name, value) in fields { text += "\(name):\(value)\r\n" }
    return text
  }

  private static func server(_ server: Server) -> String {
    let system = server.systemName
    let uptime = server.unixSeconds - server.startTime
    var fields: [(String, String)] = [
      ("redis_version", RedisCompatibility.version), ("redis_git_sha1", "00000000"), ("redis_git_dirty", "0"),
      ("redis_build_id", "0"), ("redis_mode", "standalone"),
      ("os", "\(system.name) \(system.release) \(system.machine)"), ("arch_bits", "64"),
      ("monotonic_clock", "POSIX clock_gettime"), ("multiplexing_api", "epoll"), ("atomicvar_api", "swift-builtin"),
      ("gcc_version", "0.0.0"), ("process_id", "\(server.processIdentifier)"),
      ("process_supervised", Supervision.isActive ? Supervision.manager.value.name : "no"),
      ("run_id", server.runIdentifier), ("tcp_port", "\(server.port)"),
      ("server_time_usec", "\(Clock.unixMicroseconds())"), ("uptime_in_seconds", "\(uptime)"),
      ("uptime_in_days", "\(uptime / 86400)"), ("hz", "\(server.effectiveHz)"),
      ("configured_hz", "\(server.settings.hz.value)"), ("lru_clock", "\(server.accessClock)"),
      ("executable", server.executablePath),
      ("config_file", String(decoding: server.configuration.filePath ?? [], as: UTF8.self)),
      ("io_threads_active", "0"),
    ]
    if let remaining = server.shutdownInMilliseconds { fields.append(("shutdown_in_milliseconds", "\(remaining)")) }
    return lines(fields)
  }

  private static func clients(_ server: Server) -> String {
    let largest = server.largestBuffers
    return lines([
      ("connected_clients", "\(server.clients.count)"), ("cluster_connections", "0"),
      ("maxclients", "\(server.settings.maxClients.value)"),
      ("client_recent_max_input_buffer", "\(largest.input)"),
      ("client_recent_max_output_buffer", "\(largest.output)"), ("blocked_clients", "\(server.blockedClients)"),
      ("tracking_clients", "0"), ("clients_in_timeout_table", "\(server.clientsWithTimeout)"),
    ])
  }

  private static func processor(_ server: Server) -> String {
    lines(server.processorTime.map { ($0.name, "\($0.seconds).\(padded($0.microseconds, 6))") })
  }

  private static func keyspace(_ server: Server) -> String {
    var text = ""
    for number in 0..<server.databaseCount {
      guard let database = server.database(number), database.count > 0 else { continue }
      text +=
        "db\(number):keys=\(database.count),expires=\(database.expiringCount),"
        + "avg_ttl=\(database.averageTimeToLive)\r\n"
    }
    return text
  }

  private static func replication(_ server: Server) -> String {
    lines([
      ("role", "master"), ("connected_slaves", "0"), ("master_failover_state", "no-failover"),
      ("master_replid", server.replicationIdentifier), ("master_replid2", String(repeating: "0", count: 40)),
      ("master_repl_offset", "0"), ("second_repl_offset", "-1"), ("repl_backlog_active", "0"),
      ("repl_backlog_size", String(decoding: server.configuration.text(of: "repl-backlog-size") ?? [], as: UTF8.self)),
      ("repl_backlog_first_byte_offset", "0"), ("repl_backlog_histlen", "0"),
    ])
  }

  /// A number with leading zeros.
  static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }

  /// A number with `digits` decimals, as C's `%.nf` writes it.
  static func fixed(_ value: Double, _ digits: Int = 2) -> String {
    guard value.isFinite else { return value.isNaN ? "-nan" : value < 0 ? "-inf" : "inf" }
    var scale = 1.0
    for _ in 0..<digits { scale *= 10 }
    let scaled = Int((value.magnitude * scale).rounded(.toNearestOrEven))
    let unit = Int(scale)
    let sign = value < 0 && scaled > 0 ? "-" : ""
    return digits == 0 ? "\(sign)\(scaled)" : "\(sign)\(scaled / unit).\(padded(scaled % unit, digits))"
  }

  /// Bytes with a unit, as Redis writes them for people.
  static func human(_ bytes: Int) -> String {
    if bytes < 1024 { return "\(bytes)B" }
    var value = Double(bytes)
    for unit in ["K", "M", "G", "T", "P"] {
      value /= 1024
      if value < 1024 || unit == "P" { return fixed(value) + unit }
    }
    return "\(bytes)B"
  }
}
