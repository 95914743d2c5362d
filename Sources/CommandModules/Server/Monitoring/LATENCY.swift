import Containers
import ServerKernel

/// `LATENCY subcommand`: latency spikes, and how long commands take.
enum LATENCY: RedisCommand {
  static let spec = CommandSpec(
    "latency", arity: -2,
    group: .server, since: "2.8.13", complexity: "Depends on subcommand.",
    summary: "A container for latency diagnostics commands",
    subcommands: [DOCTOR.self, GRAPH.self, HELP.self, HISTOGRAM.self, HISTORY.self, LATEST.self, RESET.self])
}

extension LATENCY {
  /// `LATENCY LATEST`
  enum LATEST: RedisCommand {
    static let spec = CommandSpec(
      "latest", arity: 2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Return the latest latency samples for all events.",
      hints: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let events = LatencyMonitor.of(context.server).events
      context.reply.array(events.count)
      for event in events {
        context.reply.array(4)
        context.reply.bulk(event.name)
        context.reply.integer(event.series.samples.last?.time ?? 0)
        context.reply.integer(event.series.samples.last?.milliseconds ?? 0)
        context.reply.integer(event.series.maximum)
      }
    }
  }

  /// `LATENCY HISTORY event`
  enum HISTORY: RedisCommand {
    static let spec = CommandSpec(
      "history", arity: 3, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Return timestamp-latency samples for the event.",
      arguments: [
        .string("event")
      ],
      hints: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let samples = LatencyMonitor.of(context.server).series(call[2].string)?.samples ?? []
      context.reply.array(samples.count)
      for sample in samples {
        context.reply.array(2)
        context.reply.integer(sample.time)
        context.reply.integer(sample.milliseconds)
      }
    }
  }

  /// `LATENCY RESET [event ...]`
  enum RESET: RedisCommand {
    static let spec = CommandSpec(
      "reset", arity: -2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Reset latency data for one or more events.",
      arguments: [
        .string("event", [.optional, .multiple])
      ],
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let names = call.count == 2 ? nil : (2..<call.count).map { call[$0].string }
      context.reply.integer(LatencyMonitor.of(context.server).reset(names))
    }
  }

  /// `LATENCY HISTOGRAM [command ...]`
  enum HISTOGRAM: RedisCommand {
    static let spec = CommandSpec(
      "histogram", arity: -2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "7.0.0",
      complexity: "O(N) where N is the number of commands with latency information being retrieved.",
      summary: "Return the cumulative distribution of latencies of a subset of commands or all.",
      arguments: [
        .string("command", [.optional, .multiple])
      ],
      hints: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let commands = COMMAND.selected(call, context)
      let measured = commands.flatMap { [$0] + $0.subcommands }.compactMap { command in
        command.histogram.map { (name: command.fullName, histogram: $0) }
      }
      context.reply.map(measured.count)
      for command in measured {
        let rows = command.histogram.cumulativeMicroseconds()
        context.reply.bulk(command.name)
        context.reply.map(2)
        context.reply.bulk("calls")
        context.reply.integer(command.histogram.total)
        context.reply.bulk("histogram_usec")
        context.reply.map(rows.count)
        for row in rows {
          context.reply.integer(row.upTo)
          context.reply.integer(row.count)
        }
      }
    }
  }

  /// `LATENCY GRAPH event`
  enum GRAPH: RedisCommand {
    static let spec = CommandSpec(
      "graph", arity: 3, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Return a latency graph for the event.",
      arguments: [
        .string("event")
      ],
      hints: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let name = call[2].string
      guard let series = LatencyMonitor.of(context.server).series(name) else {
        throw .text("ERR No samples available for event '\(call[2])'")
      }
      context.reply.verbatim(LatencyGraph.text(name, series, now: context.server.unixSeconds))
    }
  }

  /// `LATENCY DOCTOR`
  enum DOCTOR: RedisCommand {
    static let spec = CommandSpec(
      "doctor", arity: 2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Return a human readable latency analysis report.",
      hints: ["nondeterministic_output", "request_policy:all_nodes", "response_policy:special"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.verbatim(LatencyReport.text(context.server))
    }
  }

  /// `LATENCY HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands.")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "LATENCY",
        """
        DOCTOR
            Return a human readable latency analysis report.
        GRAPH <event>
            Return an ASCII latency graph for the <event> class.
        HISTORY <event>
            Return time-latency samples for the <event> class.
        LATEST
            Return the latest latency samples for all events.
        RESET [<event> ...]
            Reset latency data of one or more <event> classes.
            (default: reset all data for all event classes)
        HISTOGRAM [COMMAND ...]
            Return a cumulative distribution of latencies in the format of a histogram for the specified command names.
            If no commands are specified then all histograms are replied.
        """)
    }
  }
}
