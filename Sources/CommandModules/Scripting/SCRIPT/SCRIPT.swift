import ServerKernel

/// `SCRIPT subcommand`: the scripts that the server knows.
enum SCRIPT: RedisCommand {
  static let spec = CommandSpec(
    "script", arity: -2,
    group: .scripting, since: "2.6.0", complexity: "Depends on subcommand.",
    summary: "A container for Lua scripts management commands",
    subcommands: [DEBUG.self, EXISTS.self, FLUSH.self, HELP.self, KILL.self, LOAD.self, SHOW.self])
}

extension SCRIPT {
  /// `SCRIPT LOAD script`
  enum LOAD: RedisCommand {
    static let spec = CommandSpec(
      "load", arity: 3, flags: [.noScript, .stale], categories: [.scripting],
      group: .scripting, since: "2.6.0", complexity: "O(N) with N being the length in bytes of the script body.",
      summary: "Load the specified Lua script into the script cache.",
      arguments: [.string("script")],
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let script = try Scripts.of(context.server).load(call[2], keeps: true)
      context.reply.bulk(script.text)
    }
  }

  /// `SCRIPT EXISTS sha1 [sha1 ...]`
  enum EXISTS: RedisCommand {
    static let spec = CommandSpec(
      "exists", arity: -3, flags: [.noScript], categories: [.scripting],
      group: .scripting, since: "2.6.0",
      complexity: "O(N) with N being the number of scripts to check (so checking a single script is an O(1) "
        + "operation).",
      summary: "Check existence of scripts in the script cache.",
      arguments: [.string("sha1", .multiple)],
      hints: ["request_policy:all_shards", "response_policy:agg_logical_and"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let scripts = try Scripts.of(context.server)
      context.reply.array(call.count - 2)
      for index in 2..<call.count {
        let name = ScriptName(call[index])
        context.reply.integer(name.flatMap(scripts.peek) == nil ? 0 : 1)
      }
    }
  }

  /// `SCRIPT SHOW sha1`
  enum SHOW: RedisCommand {
    static let spec = CommandSpec(
      "show", arity: 3, flags: [.noScript, .stale], categories: [.scripting],
      group: .scripting, since: "8.0.0", complexity: "O(1).",
      summary: "Show server-side Lua script in the script cache.",
      arguments: [.string("sha1")])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard let script = try ScriptName(call[2]).flatMap(Scripts.of(context.server).peek) else {
        throw .literal("NOSCRIPT No matching script.")
      }
      context.reply.bulk(script.source)
    }
  }

  /// `SCRIPT FLUSH [ASYNC|SYNC]`
  enum FLUSH: RedisCommand {
    static let spec = CommandSpec(
      "flush", arity: -2, flags: [.noScript], categories: [.scripting],
      group: .scripting, since: "2.6.0", complexity: "O(N) with N being the number of scripts in cache",
      summary: "Remove all the scripts from the script cache.",
      arguments: [
        .oneOf("async", .optional, since: "6.2.0", [.token("async", "ASYNC"), .token("sync", "SYNC")])
      ],
      history: [("6.2.0", "Added the `ASYNC` and `SYNC` flushing mode modifiers.")],
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard call.count == 2 || (call.count == 3 && (call.matches(2, "sync") || call.matches(2, "async"))) else {
        throw .literal("ERR SCRIPT FLUSH only support SYNC|ASYNC option")
      }
      try Scripts.of(context.server).flush()
      context.reply.ok()
    }
  }
}
