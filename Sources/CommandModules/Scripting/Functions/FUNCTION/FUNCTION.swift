import ServerKernel

/// `FUNCTION subcommand`: libraries of functions.
enum FUNCTION: RedisCommand {
  static let spec = CommandSpec(
    "function", arity: -2,
    group: .scripting, since: "7.0.0", complexity: "Depends on subcommand.",
    summary: "A container for function commands",
    subcommands: [
      LIST.self, HELP.self, RESTORE.self, KILL.self, LOAD.self, DUMP.self, FLUSH.self, DELETE.self, STATS.self,
    ])
}

extension FUNCTION {
  /// `FUNCTION LOAD [REPLACE] function-code`
  enum LOAD: RedisCommand {
    static let spec = CommandSpec(
      "load", arity: -3, flags: [.write, .denyOOM, .noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(1) (considering compilation time is redundant)",
      summary: "Create a function with the given arguments (name, code, description)",
      arguments: [.token("replace", "REPLACE", .optional), .string("function-code")],
      hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      for index in 2..<call.count - 1 where !call.matches(index, "replace") {
        throw .text("ERR Unknown option given: \(call[index])")
      }
      let library = try Scripts.of(context.server).loadLibrary(call[call.count - 1], replaces: call.count > 3, &context)
      context.countChange()
      context.reply.bulk(library.name)
    }
  }

  /// `FUNCTION DELETE library-name`
  enum DELETE: RedisCommand {
    static let spec = CommandSpec(
      "delete", arity: 3, flags: [.write, .noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(1)", summary: "Delete a function by name",
      arguments: [.string("library-name")],
      hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try Scripts.of(context.server).functions.remove(call[2].array)
      context.countChange()
      context.reply.ok()
    }
  }

  /// `FUNCTION FLUSH [ASYNC|SYNC]`
  enum FLUSH: RedisCommand {
    static let spec = CommandSpec(
      "flush", arity: -2, flags: [.write, .noScript], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(N) where N is the number of functions deleted",
      summary: "Deleting all functions",
      arguments: [.oneOf("async", .optional, [.token("async", "ASYNC"), .token("sync", "SYNC")])],
      hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.count > 3 { throw .unknownSubcommand(call, of: "FUNCTION") }
      guard call.count == 2 || call.matches(2, "sync") || call.matches(2, "async") else {
        throw .literal("ERR FUNCTION FLUSH only supports SYNC|ASYNC option")
      }
      try Scripts.of(context.server).functions.removeAll()
      context.countChange()
      context.reply.ok()
    }
  }

  /// `FUNCTION KILL`
  enum KILL: RedisCommand {
    static let spec = CommandSpec(
      "kill", arity: 2, flags: [.noScript, .allowBusy], categories: [.scripting],
      group: .scripting, since: "7.0.0", complexity: "O(1)", summary: "Kill the function currently in execution.",
      hints: ["request_policy:all_shards", "response_policy:one_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try Scripts.of(context.server).kill(functions: true)
      context.reply.ok()
    }
  }
}
