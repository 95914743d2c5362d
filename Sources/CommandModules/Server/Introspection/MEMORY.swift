import ServerKernel

/// `MEMORY subcommand`: what takes memory.
enum MEMORY: RedisCommand {
  static let spec = CommandSpec(
    "memory", arity: -2,
    group: .server, since: "4.0.0", complexity: "Depends on subcommand.",
    summary: "A container for memory diagnostics commands",
    subcommands: [DOCTOR.self, HELP.self, MALLOCSTATS.self, PURGE.self, STATS.self, USAGE.self])
}

extension MEMORY {
  /// `MEMORY USAGE key [SAMPLES count]`
  enum USAGE: RedisCommand {
    static let spec = CommandSpec(
      "usage", arity: -3, flags: .readOnly,
      keys: [.one(.readOnly, at: 2)],
      group: .server, since: "4.0.0", complexity: "O(N) where N is the number of samples.",
      summary: "Estimate the memory usage of a key",
      arguments: [
        .key(),
        .integer("count", .optional, token: "SAMPLES")
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      var samples: Int64 = 5
      var index = 3
      while index < call.count {
        guard call.matches(index, "samples"), index + 1 < call.count else { throw .syntax }
        samples = try call.integer(index + 1)
        if samples < 0 { throw .syntax }
        index += 2
      }
      guard let bytes = context.db.memoryUse(call[2], samples: Int(samples)) else { return context.reply.null() }
      context.reply.integer(bytes)
    }
  }

  /// `MEMORY STATS`
  enum STATS: RedisCommand {
    static let spec = CommandSpec(
      "stats", arity: 2,
      group: .server, since: "4.0.0", complexity: "O(1)",
      summary: "Show memory usage details",
      hints: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let server = context.server
      let memory = MemoryOverview(server)
      let reply = context.reply
      reply.map(27 + memory.tables.count)
      integers(
        [
          ("peak.allocated", memory.peak), ("total.allocated", memory.used), ("startup.allocated", memory.startup),
          ("replication.backlog", server.memoryOverhead("replication.backlog")),
          ("clients.slaves", server.memoryOverhead("clients.slaves")),
          ("clients.normal", memory.clients), ("cluster.links", 0),
          ("aof.buffer", server.memoryOverhead("aof.buffer")), ("lua.caches", server.memoryOverhead("lua.caches")),
          ("functions.caches", server.memoryOverhead("functions.caches")),
        ], reply)
      for table in memory.tables {
        reply.bulk("db.\(table.database)")
        reply.map(3)
        integers(
          [
            ("overhead.hashtable.main", table.keys), ("overhead.hashtable.expires", table.expires),
            ("overhead.hashtable.slot-to-keys", 0),
          ], reply)
      }
      integers(
        [
          ("overhead.total", memory.overhead), ("keys.count", memory.keyCount),
          ("keys.bytes-per-key", memory.bytesPerKey), ("dataset.bytes", memory.dataSet),
        ], reply)
      double("dataset.percentage", memory.dataSetPercent, reply)
      double("peak.percentage", memory.peakPercent, reply)
      integers(
        [
          ("allocator.allocated", memory.used), ("allocator.active", memory.resident),
          ("allocator.resident", memory.resident),
        ], reply)
      double("allocator-fragmentation.ratio", memory.fragmentation, reply)
      integers([("allocator-fragmentation.bytes", max(0, memory.resident - memory.used))], reply)
      double("allocator-rss.ratio", 1, reply)
      integers([("allocator-rss.bytes", 0)], reply)
      double("rss-overhead.ratio", 1, reply)
      integers([("rss-overhead.bytes", 0)], reply)
      double("fragmentation", memory.fragmentation, reply)
      integers([("fragmentation.bytes", memory.resident - memory.used)], reply)
    }

    private static func integers(_ fields: [(name: StaticString, value: Int)], _ reply: Reply) {
      for field in fields {
        reply.bulk(field.name)
        reply.integer(field.value)
      }
    }

    private static func double(_ name: StaticString, _ value: Double, _ reply: Reply) {
      reply.bulk(name)
      reply.double(value)
    }
  }

  /// `MEMORY DOCTOR`
  enum DOCTOR: RedisCommand {
    static let spec = CommandSpec(
      "doctor", arity: 2,
      group: .server, since: "4.0.0", complexity: "O(1)",
      summary: "Outputs memory problems report",
      hints: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.verbatim(MemoryReport.text(context.server))
    }
  }

  /// `MEMORY PURGE`
  enum PURGE: RedisCommand {
    static let spec = CommandSpec(
      "purge", arity: 2,
      group: .server, since: "4.0.0", complexity: "Depends on how much memory is allocated, could be slow",
      summary: "Ask the allocator to release memory",
      hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.server.releaseFreeMemory()
      context.reply.ok()
    }
  }

  /// `MEMORY MALLOC-STATS`
  enum MALLOCSTATS: RedisCommand {
    static let spec = CommandSpec(
      "malloc-stats", arity: 2,
      group: .server, since: "4.0.0", complexity: "Depends on how much memory is allocated, could be slow",
      summary: "Show allocator internal stats",
      hints: ["nondeterministic_output", "request_policy:all_shards", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let server = context.server
      context.reply.verbatim(
        "Allocated: \(server.usedMemory) bytes, at most \(server.peakMemory)\n"
          + "In physical memory: \(server.residentMemory) bytes\n")
    }
  }

  /// `MEMORY HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      group: .server, since: "4.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "MEMORY",
        """
        DOCTOR
            Return memory problems reports.
        MALLOC-STATS
            Return internal statistics report from the memory allocator.
        PURGE
            Attempt to purge dirty pages for reclamation by the allocator.
        STATS
            Return information about the memory usage of the server.
        USAGE <key> [SAMPLES <count>]
            Return memory in bytes used by <key> and its value. Nested values are
            sampled up to <count> times (default: 5, 0 means sample all).
        """)
    }
  }
}
