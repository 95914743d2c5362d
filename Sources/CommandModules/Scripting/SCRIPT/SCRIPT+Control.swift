import ServerKernel

extension SCRIPT {
  /// `SCRIPT KILL`
  enum KILL: RedisCommand {
    static let spec = CommandSpec(
      "kill", arity: 2, flags: [.noScript, .allowBusy], categories: [.scripting],
      group: .scripting, since: "2.6.0", complexity: "O(1)",
      summary: "Kill the script currently in execution.",
      hints: ["request_policy:all_shards", "response_policy:one_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try Scripts.of(context.server).kill(functions: false)
      context.reply.ok()
    }
  }

  /// `SCRIPT DEBUG YES|SYNC|NO`: there is no debugger.
  enum DEBUG: RedisCommand {
    static let spec = CommandSpec(
      "debug", arity: 3, flags: [.noScript], categories: [.scripting],
      group: .scripting, since: "3.2.0", complexity: "O(1)",
      summary: "Set the debug mode for executed scripts.",
      arguments: [.oneOf("mode", [.token("yes", "YES"), .token("sync", "SYNC"), .token("no", "NO")])])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.matches(2, "no") { return context.reply.ok() }
      guard call.matches(2, "yes") || call.matches(2, "sync") else {
        throw .literal("ERR Use SCRIPT DEBUG YES/SYNC/NO")
      }
      throw .literal("ERR the debugger of scripts is not supported")
    }
  }

  /// `SCRIPT HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale], categories: [.scripting],
      group: .scripting, since: "5.0.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "SCRIPT",
        """
        DEBUG (YES|SYNC|NO)
            Set the debug mode for subsequent scripts executed.
        EXISTS <sha1> [<sha1> ...]
            Return information about the existence of the scripts in the script cache.
        FLUSH [ASYNC|SYNC]
            Flush the Lua scripts cache. Very dangerous on replicas.
            When called without the optional mode argument, the behavior is determined by the
            lazyfree-lazy-user-flush configuration directive. Valid modes are:
            * ASYNC: Asynchronously flush the scripts cache.
            * SYNC: Synchronously flush the scripts cache.
        KILL
            Kill the currently executing Lua script.
        LOAD <script>
            Load a script into the scripts cache without executing it.
        """)
    }
  }
}
