import Containers
import ServerKernel

/// `FAILOVER [TO host port [FORCE]] [ABORT] [TIMEOUT milliseconds]`: this primary and a replica change parts.
enum FAILOVER: RedisCommand {
  static let spec = CommandSpec(
    "failover", arity: -1, flags: [.admin, .noScript, .stale],
    group: .server, since: "6.2.0", complexity: "O(1)",
    summary: "Start a coordinated failover between this server and one of its replicas.",
    arguments: [
      .block(
        "target", .optional, token: "TO",
        [.string("host"), .integer("port"), .token("force", "FORCE", .optional)]),
      .token("abort", "ABORT", .optional), .integer("milliseconds", .optional, token: "TIMEOUT"),
    ])

  /// What the call asks for.
  private struct Options {
    var target: ReplicationSource?
    var isForced = false
    var aborts = false
    var milliseconds: Int64?
  }

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let options = try parse(call)
    let replication = context.replication
    let failover = replication.failover
    if options.aborts {
      if !failover.isUnderWay { throw .literal("ERR No failover in progress.") }
      failover.abort("Failover manually aborted")
      return context.reply.ok()
    }
    if failover.isUnderWay { throw .literal("ERR FAILOVER already in progress.") }
    if replication.isReplica { throw .literal("ERR FAILOVER is not valid when server is a replica.") }
    if replication.replicas.all.isEmpty { throw .literal("ERR FAILOVER requires connected replicas.") }
    if options.isForced && (options.milliseconds == nil || options.target == nil) {
      throw .literal("ERR FAILOVER with force option requires both a timeout and target HOST and IP.")
    }
    if let target = options.target {
      guard let replica = replication.replicas.all.first(where: { $0.isAt(target) }) else {
        throw .literal("ERR FAILOVER target HOST and PORT is not a replica.")
      }
      if !replica.isOnline { throw .literal("ERR FAILOVER target replica is not online.") }
    }
    context.reply.ok()
    failover.begin(target: options.target, isForced: options.isForced, milliseconds: options.milliseconds)
  }

  private static func parse(_ call: borrowing Call) throws(CommandError) -> Options {
    var options = Options()
    if call.count == 2 && call.matches(1, "abort") {
      options.aborts = true
      return options
    }
    var index = 1
    while index < call.count {
      if call.matches(index, "timeout") && index + 1 < call.count && options.milliseconds == nil {
        let milliseconds = try call.integer(index + 1)
        if milliseconds <= 0 { throw .literal("ERR FAILOVER timeout must be greater than 0") }
        options.milliseconds = milliseconds
        index += 2
      } else if call.matches(index, "to") && index + 2 < call.count && options.target == nil {
        guard let port = call[index + 2].integer.flatMap({ Int(exactly: $0) }) else {
          throw .literal("ERR value is not an integer or out of range")
        }
        options.target = ReplicationSource(host: call[index + 1].string, port: port)
        index += 3
      } else if call.matches(index, "force") && !options.isForced {
        options.isForced = true
        index += 1
      } else {
        throw .syntax
      }
    }
    return options
  }
}
