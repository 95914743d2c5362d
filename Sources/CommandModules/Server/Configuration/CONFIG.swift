import Containers
import ServerKernel

/// `CONFIG subcommand`: parameters of the running server.
enum CONFIG: RedisCommand {
  static let spec = CommandSpec(
    "config", arity: -2,
    group: .server, since: "2.0.0", complexity: "Depends on subcommand.",
    summary: "A container for server configuration commands",
    subcommands: [GET.self, HELP.self, RESETSTAT.self, REWRITE.self, SET.self])
}

extension CONFIG {
  /// `CONFIG GET parameter [parameter ...]`
  enum GET: RedisCommand {
    static let spec = CommandSpec(
      "get", arity: -3, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.0.0", complexity: "O(N) when N is the number of configuration parameters provided",
      summary: "Get the values of configuration parameters",
      arguments: [
        .block("parameter", .multiple, [.string("parameter")])
      ],
      history: [
        ("7.0.0", "Added the ability to pass multiple pattern parameters in one call")
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let found = context.server.configuration.get(matching: (2..<call.count).map { call[$0].array })
      context.reply.map(found.count)
      for (name, value) in found {
        context.reply.bulk(name.bytes)
        context.reply.bulk(value.bytes)
      }
    }
  }

  /// `CONFIG SET parameter value [parameter value ...]`
  enum SET: RedisCommand {
    static let spec = CommandSpec(
      "set", arity: -4, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.0.0", complexity: "O(N) when N is the number of configuration parameters provided",
      summary: "Set configuration parameters to the given values",
      arguments: [
        .block("parameter_value", .multiple, [.string("parameter"), .string("value")])
      ],
      history: [
        ("7.0.0", "Added the ability to set multiple parameters in one call.")
      ],
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let server = context.server
      if call.count % 2 == 1 { throw .syntax }
      var assignments: [(name: [UInt8], value: [UInt8])] = []
      for index in stride(from: 2, to: call.count, by: 2) {
        if server.configuration.isSensitive(call[index]) { context.redact(index + 1) }
        assignments.append((call[index].array, call[index + 1].array))
      }
      let caller = Configuration.Caller(
        isLocal: context.client.isLocal, isLoading: server.isLoading || server.isLoadingBeside)
      do throws(ConfigurationSetError) {
        try server.configuration.set(assignments, by: caller)
      } catch {
        throw .text(error.reply)
      }
      context.reply.ok()
    }
  }

  /// `CONFIG REWRITE`
  enum REWRITE: RedisCommand {
    static let spec = CommandSpec(
      "rewrite", arity: 2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.8.0", complexity: "O(1)",
      summary: "Rewrite the configuration file with the in memory configuration")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      do throws(ConfigurationError) {
        try context.server.configuration.rewriteFile()
      } catch {
        throw .text(ErrorText(error.reason))
      }
      context.reply.ok()
    }
  }

  /// `CONFIG RESETSTAT`
  enum RESETSTAT: RedisCommand {
    static let spec = CommandSpec(
      "resetstat", arity: 2, flags: [.admin, .noScript, .loading, .stale],
      group: .server, since: "2.0.0", complexity: "O(1)",
      summary: "Reset the stats returned by INFO")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.server.resetStatistics()
      context.reply.ok()
    }
  }

  /// `CONFIG HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      group: .server, since: "5.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "CONFIG",
        """
        GET <pattern>
            Return parameters matching the glob-like <pattern> and their values.
        SET <directive> <value>
            Set the configuration <directive> to <value>.
        RESETSTAT
            Reset statistics reported by the INFO command.
        REWRITE
            Rewrite the configuration file.
        """)
    }
  }
}
