import Containers
import ServerKernel

/// `COMMAND`: all that is known of the server's commands.
enum COMMAND: RedisCommand {
  static let spec = CommandSpec(
    "command", arity: -1, flags: [.loading, .stale],
    categories: [.connection],
    group: .server, since: "2.8.13", complexity: "O(N) where N is the total number of Redis commands",
    summary: "Get array of Redis command details",
    hints: ["nondeterministic_output_order"],
    subcommands: [COUNT.self])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let commands = context.server.allCommands
    context.reply.array(commands.count)
  }
}

extension COMMAND {
  /// `COMMAND COUNT`
  enum COUNT: RedisCommand {
    static let spec = CommandSpec(
      "count", arity: 2, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "2.8.13", complexity: "O(1)",
      summary: "Get total number of Redis commands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.integer(context.server.allCommands.count)
    }
  }
}
