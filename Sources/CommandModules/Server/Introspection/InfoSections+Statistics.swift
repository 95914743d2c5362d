import ServerKernel

extension InfoSections {
  static func registerStatistics(in registry: Registry) {
    registry.addInfo("Stats", group: "traffic", traffic)
    registry.addInfoStandIn(
      "Stats", group: "replication traffic",
      [("total_net_repl_input_bytes", "0"), ("total_net_repl_output_bytes", "0")])
    registry.addInfo("Stats", group: "rates", rates)
    registry.addInfoStandIn(
      "Stats", group: "replication rates",
      [("instantaneous_input_repl_kbps", "0.00"), ("instantaneous_output_repl_kbps", "0.00")])
    registry.addInfo("Stats", group: "rejections") { info, server in
      info.field("rejected_connections", server.statistics.connectionsRejected)
    }
    registry.addInfoStandIn(
      "Stats", group: "synchronisations", [("sync_full", "0"), ("sync_partial_ok", "0"), ("sync_partial_err", "0")])
    registry.addInfo("Stats", group: "keys", keys)
    registry.addInfoStandIn(
      "Stats", group: "pubsub", [("pubsub_channels", "0"), ("pubsub_patterns", "0"), ("pubsubshard_channels", "0")])
    registry.addInfoStandIn("Stats", group: "forks", [("latest_fork_usec", "0"), ("total_forks", "0")])
    registry.addInfoStandIn("Stats", group: "migrate", [("migrate_cached_sockets", "0")])
    registry.addInfoStandIn("Stats", group: "replica", [("slave_expires_tracked_keys", "0")])
    registry.addInfoStandIn(
      "Stats", group: "defragmentation",
      [
        ("active_defrag_hits", "0"), ("active_defrag_misses", "0"), ("active_defrag_key_hits", "0"),
        ("active_defrag_key_misses", "0"), ("total_active_defrag_time", "0"), ("current_active_defrag_time", "0"),
      ])
    registry.addInfoStandIn(
      "Stats", group: "tracking",
      [("tracking_total_keys", "0"), ("tracking_total_items", "0"), ("tracking_total_prefixes", "0")])
    registry.addInfo("Stats", group: "errors") { info, server in
      info.field("unexpected_error_replies", server.statistics.unexpectedErrors)
      info.field("total_error_replies", server.statistics.errorReplies)
    }
    registry.addInfoStandIn("Stats", group: "sanitizing", [("dump_payload_sanitizations", "0")])
    registry.addInfo("Stats", group: "events") { info, server in
      info.field("total_reads_processed", server.statistics.readEvents)
      info.field("total_writes_processed", server.statistics.writeEvents)
    }
    registry.addInfo("Stats", group: "threads") { info, server in
      let figures = server.ioThreadFigures
      info.field("io_threaded_reads_processed", figures.reduce(0) { $0 + $1.reads })
      info.field("io_threaded_writes_processed", figures.reduce(0) { $0 + $1.writes })
      // As later versions of Redis show each of them.
      for (index, figures) in figures.prefix(server.ioThreadCount).enumerated() {
        info.begin("io_thread_", index + 1)
        info.add("reads=", figures.reads)
        info.add(",writes=", figures.writes)
        info.end()
      }
    }
    // Redis fits the buffer that each client owns to its use, now and then. Here a client has one only while there is
    // something to send, from a pool of one size, so that none is ever resized for later.
    registry.addInfoStandIn(
      "Stats", group: "buffers", [("reply_buffer_shrinks", "0"), ("reply_buffer_expands", "0")])
  }

  private static func traffic(_ info: inout InfoWriter, _ server: Server) {
    let statistics = server.statistics
    info.field("total_connections_received", statistics.connectionsReceived)
    info.field("total_commands_processed", statistics.commandsProcessed)
    info.field("instantaneous_ops_per_sec", statistics.commandsPerSecond)
    info.field("total_net_input_bytes", statistics.bytesRead)
    info.field("total_net_output_bytes", statistics.bytesWritten)
  }

  private static func rates(_ info: inout InfoWriter, _ server: Server) {
    let statistics = server.statistics
    info.field("instantaneous_input_kbps", statistics.inputKilobytesPerSecond)
    info.field("instantaneous_output_kbps", statistics.outputKilobytesPerSecond)
  }

  private static func keys(_ info: inout InfoWriter, _ server: Server) {
    let exceeded = server.evictionExceededMilliseconds
    info.field("expired_keys", server.expiredKeys)
    info.field("expired_stale_perc", server.expiredStalePercent)
    info.field("expired_time_cap_reached_count", server.expiryTimeCapReached)
    info.field("expire_cycle_cpu_milliseconds", server.expiryMilliseconds)
    info.field("evicted_keys", server.evictedKeys)
    info.field("evicted_clients", server.evictedClients)
    info.field("total_eviction_exceeded_time", exceeded.total)
    info.field("current_eviction_exceeded_time", exceeded.current)
    info.field("keyspace_hits", server.keyspaceHits)
    info.field("keyspace_misses", server.keyspaceMisses)
  }

  /// Commands and their subcommands, each container before its own.
  private static func everyCommand(_ server: Server) -> [Command] {
    server.allCommands.flatMap { [$0] + $0.subcommands }
  }

  static func commandStatistics(_ info: inout InfoWriter, _ server: Server) {
    for command in everyCommand(server) {
      if command.calls == 0 && command.failedCalls == 0 && command.rejectedCalls == 0 { continue }
      let time = command.microseconds(server)
      let average = command.calls == 0 ? 0 : Double(time) / Double(command.calls)
      info.begin("cmdstat_", command.fullName)
      info.add("calls=", command.calls)
      info.add(",usec=", time)
      info.add(",usec_per_call=", average, decimals: 2)
      info.add(",rejected_calls=", command.rejectedCalls)
      info.add(",failed_calls=", command.failedCalls)
      info.end()
    }
  }

  static func errorStatistics(_ info: inout InfoWriter, _ server: Server) {
    for (code, count) in server.statistics.errors.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let name = String(code.map { "#:\n\r".contains($0) ? "?" : $0 })
      info.begin("errorstat_", name)
      info.add("count=", count)
      info.end()
    }
  }

  static func latencyStatistics(_ info: inout InfoWriter, _ server: Server) {
    if !server.settings.latencyTracking.value { return }
    let percentiles = server.settings.latencyPercentiles.value
    // As CONFIG GET shows them, one word each.
    let names = percentiles.text.split(separator: UInt8(ascii: " ")).map(Array.init)
    for command in everyCommand(server) {
      guard let histogram = command.histogram else { continue }
      info.begin("latency_percentiles_usec_", command.fullName)
      for (index, percentile) in percentiles.percentiles.enumerated() {
        let name = names[index]
        info.add(index == 0 ? "p" : ",p", name.bytes)
        info.add("=", Double(histogram.percentile(percentile)) / 1000, decimals: 3)
      }
      info.end()
    }
  }
}
