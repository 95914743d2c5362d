import ServerKernel

extension CLIENT {
  /// `CLIENT PAUSE timeout [WRITE|ALL]`
  enum PAUSE: RedisCommand {
    static let spec = CommandSpec(
      "pause", arity: -3, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "2.9.50", complexity: "O(1)",
      summary: "Stop processing commands from clients for some time",
      arguments: [
        .integer("timeout"),
        .oneOf("mode", .optional, since: "6.2.0", [.token("write", "WRITE"), .token("all", "ALL")])
      ],
      history: [
        ("6.2.0", "`CLIENT PAUSE WRITE` mode added along with the `mode` option.")
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard call.count <= 4 else { throw .unknownSubcommand(call, of: "CLIENT") }
      var all = true
      if call.count == 4 {
        if call.matches(3, "write") {
          all = false
        } else if !call.matches(3, "all") {
          throw .literal("ERR CLIENT PAUSE mode must be WRITE or ALL")
        }
      }
      guard let timeout = call[2].integer else { throw .literal("ERR timeout is not an integer or out of range") }
      if timeout < 0 { throw .literal("ERR timeout is negative") }
      // A time beyond what can be counted has passed already, as in Redis.
      let end = context.db.now &+ timeout
      if end > context.db.now { context.server.pausing.begin(until: end, all: all, context.server) }
      context.reply.ok()
    }
  }

  /// `CLIENT UNPAUSE`
  enum UNPAUSE: RedisCommand {
    static let spec = CommandSpec(
      "unpause", arity: 2, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "6.2.0", complexity: "O(N) Where N is the number of paused clients",
      summary: "Resume processing of clients that were paused")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.server.pausing.finish(context.server)
      context.reply.ok()
    }
  }

  /// `CLIENT UNBLOCK client-id [TIMEOUT|ERROR]`
  enum UNBLOCK: RedisCommand {
    static let spec = CommandSpec(
      "unblock", arity: -3, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "5.0.0", complexity: "O(log N) where N is the number of client connections",
      summary: "Unblock a client blocked in a blocking command from a different connection",
      arguments: [
        .integer("client-id"),
        .oneOf("timeout_error", .optional, [.token("timeout", "TIMEOUT"), .token("error", "ERROR")])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      guard call.count <= 4 else { throw .unknownSubcommand(call, of: "CLIENT") }
      var withError = false
      if call.count == 4 {
        if call.matches(3, "error") {
          withError = true
        } else if !call.matches(3, "timeout") {
          throw .literal("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR")
        }
      }
      let id = try call.integer(2)
      guard let client = context.server.client(id: UInt64(bitPattern: id)) else { return context.reply.integer(0) }
      let wasBlocked =
        withError
        ? context.server.unblock(client, error: "UNBLOCKED client unblocked via CLIENT UNBLOCK")
        : context.server.unblockAsTimedOut(client)
      context.reply.integer(wasBlocked ? 1 : 0)
    }
  }

  /// `CLIENT REPLY ON|OFF|SKIP`
  enum REPLY: RedisCommand {
    static let spec = CommandSpec(
      "reply", arity: 3, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "3.2.0", complexity: "O(1)",
      summary: "Instruct the server whether to reply to commands",
      arguments: [
        .oneOf("on_off_skip", [.token("on", "ON"), .token("off", "OFF"), .token("skip", "SKIP")])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.matches(2, "on") {
        context.client.setReplies(.on)
        context.reply.ok()
      } else if call.matches(2, "off") {
        context.client.setReplies(.off)
      } else if call.matches(2, "skip") {
        context.client.setReplies(.skipNext)
      } else {
        throw .syntax
      }
    }
  }

  /// `CLIENT NO-EVICT ON|OFF`
  enum NOEVICT: RedisCommand {
    static let spec = CommandSpec(
      "no-evict", arity: 3, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "7.0.0", complexity: "O(1)",
      summary: "Set client eviction mode for the current connection",
      arguments: [
        .oneOf("enabled", [.token("on", "ON"), .token("off", "OFF")])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.client.isNoEvict = try CLIENT.isOn(call)
      context.reply.ok()
    }
  }

  /// `CLIENT NO-TOUCH ON|OFF`: of Redis 7.2.
  enum NOTOUCH: RedisCommand {
    static let spec = CommandSpec(
      "no-touch", arity: 3, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "7.2.0", complexity: "O(1)",
      summary: "Controls whether commands sent by the client affect the LRU/LFU of accessed keys.",
      arguments: [
        .oneOf("enabled", [.token("on", "ON"), .token("off", "OFF")])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.client.isNoTouch = try CLIENT.isOn(call)
      context.reply.ok()
    }
  }

  /// The last argument as ON or OFF.
  private static func isOn(_ call: borrowing Call) throws(CommandError) -> Bool {
    if call.matches(2, "on") { return true }
    if call.matches(2, "off") { return false }
    throw .syntax
  }
}
