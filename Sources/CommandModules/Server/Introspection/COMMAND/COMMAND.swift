import Containers
import ServerKernel

/// `COMMAND`: all that is known of the server's commands, from their specs.
enum COMMAND: RedisCommand {
  static let spec = CommandSpec(
    "command", arity: -1, flags: [.loading, .stale],
    categories: [.connection],
    group: .server, since: "2.8.13", complexity: "O(N) where N is the total number of Redis commands",
    summary: "Get array of Redis command details",
    hints: ["nondeterministic_output_order"],
    subcommands: [COUNT.self, DOCS.self, GETKEYS.self, GETKEYSANDFLAGS.self, HELP.self, INFO.self, LIST.self])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let commands = context.server.allCommands
    context.reply.array(commands.count)
    for command in commands { context.reply.information(of: command) }
  }

  /// The commands that the arguments from the third on name, or all of them where there are no such arguments.
  static func selected(_ call: borrowing Call, _ context: borrowing Context) -> [Command] {
    if call.count == 2 { return context.server.allCommands }
    var commands: [Command] = []
    for index in 2..<call.count {
      if let command = context.server.command(named: call[index]) { commands.append(command) }
    }
    return commands
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

  /// `COMMAND INFO [command-name ...]`
  enum INFO: RedisCommand {
    static let spec = CommandSpec(
      "info", arity: -2, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "2.8.13", complexity: "O(N) where N is the number of commands to look up",
      summary: "Get array of specific Redis command details, or all when no argument is given.",
      arguments: [
        .string("command-name", [.optional, .multiple])
      ],
      history: [
        ("7.0.0", "Allowed to be called with no argument to get info on all commands.")
      ],
      hints: ["nondeterministic_output_order"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.count == 2 { return try COMMAND.execute(call, &context) }
      context.reply.array(call.count - 2)
      for index in 2..<call.count {
        if let command = context.server.command(named: call[index]) {
          context.reply.information(of: command)
        } else {
          context.reply.null()
        }
      }
    }
  }

  /// `COMMAND DOCS [command-name ...]`
  enum DOCS: RedisCommand {
    static let spec = CommandSpec(
      "docs", arity: -2, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "7.0.0", complexity: "O(N) where N is the number of commands to look up",
      summary: "Get array of specific Redis command documentation",
      arguments: [
        .string("command-name", [.optional, .multiple])
      ],
      hints: ["nondeterministic_output_order"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let commands = COMMAND.selected(call, context)
      context.reply.map(commands.count)
      for command in commands {
        context.reply.bulk(command.fullName)
        context.reply.documentation(of: command)
      }
    }
  }

  /// `COMMAND LIST [FILTERBY (MODULE module-name|ACLCAT category|PATTERN pattern)]`
  enum LIST: RedisCommand {
    static let spec = CommandSpec(
      "list", arity: -2, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "7.0.0", complexity: "O(N) where N is the total number of Redis commands",
      summary: "Get an array of Redis command names",
      arguments: [
        .oneOf("filterby", .optional, token: "FILTERBY", [.string("module-name", token: "MODULE"), .string("category",
          token: "ACLCAT"), .pattern("pattern", token: "PATTERN")])
      ],
      hints: ["nondeterministic_output_order"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      var commands = context.server.allCommands.flatMap { [$0] + $0.subcommands }
      if call.count > 2 {
        guard call.count == 5, call.matches(2, "filterby") else { throw .syntax }
        let word = call[4].array
        if call.matches(3, "module") {
          commands = []
        } else if call.matches(3, "aclcat") {
          let category = ACLCategory(rawValue: call[4].string.lowercased())
          commands = category.map { category in commands.filter { $0.spec.allCategories.contains(category) } } ?? []
        } else if call.matches(3, "pattern") {
          commands = commands.filter {
            let name = Array($0.fullName.utf8)
            return globMatches(pattern: word.bytes, name.bytes, ignoringCase: true)
          }
        } else {
          throw .syntax
        }
      }
      context.reply.array(commands.count)
      for command in commands { context.reply.bulk(command.fullName) }
    }
  }

  /// `COMMAND HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "5.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "COMMAND",
        """
        (no subcommand)
            Return details about all Redis commands.
        COUNT
            Return the total number of commands in this Redis server.
        LIST
            Return a list of all commands in this Redis server.
        INFO [<command-name> ...]
            Return details about multiple Redis commands.
            If no command names are given, documentation details for all
            commands are returned.
        DOCS [<command-name> ...]
            Return documentation details about multiple Redis commands.
            If no command names are given, documentation details for all
            commands are returned.
        GETKEYS <full-command>
            Return the keys from a full Redis command.
        GETKEYSANDFLAGS <full-command>
            Return the keys and the access flags from a full Redis command.
        """)
    }
  }
}
