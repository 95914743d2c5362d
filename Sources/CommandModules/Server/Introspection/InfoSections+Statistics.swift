import ServerKernel

extension InfoSections {
  static func statistics(_ server: Server) -> String {
    let statistics = server.statistics
    let exceeded = server.evictionExceededMilliseconds
    return lines([
      ("total_connections_received", "\(statistics.connectionsReceived)"),
      ("total_commands_processed", "\(statistics.commandsProcessed)"),
      ("instantaneous_ops_per_sec", "\(statistics.commandsPerSecond)"),
      ("total_net_input_bytes", "\(statistics.bytesRead)"), ("total_net_output_bytes", "\(statistics.bytesWritten)"),
      ("total_net_repl_input_bytes", "0"), ("total_net_repl_output_bytes", "0"),
      ("instantaneous_input_kbps", fixed(statistics.inputKilobytesPerSecond)),
      ("instantaneous_output_kbps", fixed(statistics.outputKilobytesPerSecond)),
      ("instantaneous_input_repl_kbps", "0.00"), ("instantaneous_output_repl_kbps", "0.00"),
      ("rejected_connections", "\(statistics.connectionsRejected)"), ("sync_full", "0"), ("sync_partial_ok", "0"),
      ("sync_partial_err", "0"), ("expired_keys", "\(server.expiredKeys)"),
      ("expired_stale_perc", fixed(server.expiredStalePercent)),
      ("expired_time_cap_reached_count", "\(server.expiryTimeCapReached)"),
      ("expire_cycle_cpu_milliseconds", "\(server.expiryMilliseconds)"),
      ("evicted_keys", "\(server.evictedKeys)"), ("evicted_clients", "0"),
      ("total_eviction_exceeded_time", "\(exceeded.total)"),
      ("current_eviction_exceeded_time", "\(exceeded.current)"),
      ("keyspace_hits", "\(server.keyspaceHits)"),
      ("keyspace_misses", "\(server.keyspaceMisses)"), ("pubsub_channels", "\(statistics.channels)"),
      ("pubsub_patterns", "\(statistics.patterns)"), ("pubsubshard_channels", "\(statistics.shardChannels)"),
      ("latest_fork_usec", "0"), ("total_forks", "0"), ("migrate_cached_sockets", "0"),
      ("slave_expires_tracked_keys", "0"), ("active_defrag_hits", "0"), ("active_defrag_misses", "0"),
      ("active_defrag_key_hits", "0"), ("active_defrag_key_misses", "0"), ("total_active_defrag_time", "0"),
      ("current_active_defrag_time", "0"), ("tracking_total_keys", "0"), ("tracking_total_items", "0"),
      ("tracking_total_prefixes", "0"), ("unexpected_error_replies", "\(statistics.unexpectedErrors)"),
      ("total_error_replies", "\(statistics.errorReplies)"), ("dump_payload_sanitizations", "0"),
      ("total_reads_processed", "\(statistics.readEvents)"),
      ("total_writes_processed", "\(statistics.writeEvents)"), ("io_threaded_reads_processed", "0"),
      ("io_threaded_writes_processed", "0"),
      // Redis fits the buffer that each client owns to its use, now and then. Here a client has one only while there is
      // something to send, from a pool of one size, so that none is ever resized for later.
      ("reply_buffer_shrinks", "0"), ("reply_buffer_expands", "0"),
    ])
  }

  /// Commands and their subcommands, each container before its own.
  private static func everyCommand(_ server: Server) -> [Command] {
    server.allCommands.flatMap { [$0] + $0.subcommands }
  }

  static func commandStatistics(_ server: Server) -> String {
    var text = ""
    for command in everyCommand(server) {
      if command.calls == 0 && command.failedCalls == 0 && command.rejectedCalls == 0 { continue }
      let time = command.microseconds(server)
      let average = command.calls == 0 ? 0 : Double(time) / Double(command.calls)
      text +=
        "cmdstat_\(command.fullName):calls=\(command.calls),usec=\(time),usec_per_call=\(fixed(average)),"
        + "rejected_calls=\(command.rejectedCalls),failed_calls=\(command.failedCalls)\r\n"
    }
    return text
  }

  static func errorStatistics(_ server: Server) -> String {
    var text = ""
    for (code, count) in server.statistics.errors.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      let name = String(code.map { "#:\n\r".contains($0) ? "?" : $0 })
      text += "errorstat_\(name):count=\(count)\r\n"
    }
    return text
  }

  static func latencyStatistics(_ server: Server) -> String {
    if !server.settings.latencyTracking.value { return "" }
    let percentiles = server.settings.latencyPercentiles.value
    // As CONFIG GET shows them, one word each.
    let names = String(decoding: percentiles.text, as: UTF8.self).split(separator: " ")
    var text = ""
    for command in everyCommand(server) {
      guard let histogram = command.histogram else { continue }
      let values = zip(names, percentiles.percentiles).map { name, percentile in
        "p\(name)=\(fixed(Double(histogram.percentile(percentile)) / 1000, 3))"
      }
      text += "latency_percentiles_usec_\(command.fullName):\(values.joined(separator: ","))\r\n"
    }
    return text
  }
}
