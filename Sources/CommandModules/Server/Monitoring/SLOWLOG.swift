import Containers
import ServerKernel

/// `SLOWLOG subcommand`: the commands that took longest.
enum SLOWLOG: RedisCommand {
  static let spec = CommandSpec(
    "slowlog", arity: -2,
    group: .server, since: "2.2.12", complexity: "Depends on subcommand.",
    summary: "A container for slow log commands",
    subcommands: [GET.self, HELP.self, LEN.self, RESET.self])
}

extension SLOWLOG {
  /// `SLOWLOG GET [count]`
  enum GET: RedisCommand {
    static let spec = CommandSpec(
      "get", arity: -2, flags: [.admin, .loading, .stale],
      group: .server, since: "2.2.12", complexity: "O(N) where N is the number of entries returned",
      summary: "Get the slow log's entries",
      arguments: [
        .integer("count", .optional)
      ],
      history: [
        ("4.0.0", "Added client IP address, port and name to the reply.")
      ],
      hints: ["request_policy:all_nodes", "nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard call.count <= 3 else { throw .unknownSubcommand(call, of: "SLOWLOG") }
      let entries = SlowLog.of(context.server).entries
      var count: Int64 = 10
      if call.count == 3 {
        guard let number = call[2].integer, number >= -1 else {
          throw .literal("ERR count should be greater than or equal to -1")
        }
        count = number
        if count == -1 { count = Int64(entries.count) }
      }
      let newest = entries.suffix(Int(min(count, Int64(entries.count))))
      context.reply.array(newest.count)
      for entry in newest.reversed() { answer(entry, context.reply) }
    }

    private static func answer(_ entry: SlowLog.Entry, _ reply: Reply) {
      reply.array(6)
      reply.integer(entry.number)
      reply.integer(entry.time)
      reply.integer(entry.microseconds)
      reply.array(entry.arguments.count)
      for argument in entry.arguments { reply.bulk(argument.bytes) }
      reply.bulk(entry.address)
      reply.bulk(entry.name)
    }
  }

  /// `SLOWLOG LEN`
  enum LEN: RedisCommand {
    static let spec = CommandSpec(
      "len", arity: 2, flags: [.admin, .loading, .stale],
      group: .server, since: "2.2.12", complexity: "O(1)",
      summary: "Get the slow log's length",
      hints: ["request_policy:all_nodes", "response_policy:agg_sum", "nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.integer(SlowLog.of(context.server).entries.count)
    }
  }

  /// `SLOWLOG RESET`
  enum RESET: RedisCommand {
    static let spec = CommandSpec(
      "reset", arity: 2, flags: [.admin, .loading, .stale],
      group: .server, since: "2.2.12", complexity: "O(N) where N is the number of entries in the slowlog",
      summary: "Clear all entries from the slow log",
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      SlowLog.of(context.server).removeAll()
      context.reply.ok()
    }
  }

  /// `SLOWLOG HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      group: .server, since: "6.2.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "SLOWLOG",
        """
        GET [<count>]
            Return top <count> entries from the slowlog (default: 10, -1 mean all).
            Entries are made of:
            id, timestamp, time in microseconds, arguments array, client IP and port,
            client name
        LEN
            Return the length of the slowlog.
        RESET
            Reset the slowlog.
        """)
    }
  }
}
