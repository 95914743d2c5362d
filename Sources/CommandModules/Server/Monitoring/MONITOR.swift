import Containers
import ServerKernel

/// `MONITOR`
enum MONITOR: RedisCommand {
  static let spec = CommandSpec(
    "monitor", arity: 1, flags: [.admin, .noScript, .loading, .stale],
    group: .server, since: "1.0.0", complexity: "",
    summary: "Listen for all requests received by the server in real time")

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let client = context.client
    guard context.mayBlock else { throw .literal("ERR MONITOR isn't allowed for DENY BLOCKING client") }
    if client.isMonitor { return }
    client.isMonitor = true
    Monitors.of(context.server).clients.append(client)
    context.server.isMonitored = true
    context.reply.ok()
  }
}

/// The clients that watch all commands.
final class Monitors {
  var clients: [Client] = []

  static func of(_ server: Server) -> Monitors {
    guard let found = server.service(Monitors.self) else { preconditionFailure("the module registers it") }
    return found
  }

  static func register(in registry: Registry) {
    registry.setService(Monitors())
    registry.onMonitoredCommand(show)
    registry.onDisconnect(remove)
    registry.onReset(remove)
  }

  private static func remove(_ client: Client, _ server: Server) {
    guard client.isMonitor else { return }
    client.isMonitor = false
    let monitors = of(server)
    monitors.clients.removeAll { $0 == client }
    server.isMonitored = !monitors.clients.isEmpty
  }

  /// Sends each of them a line: time, database, client, and the command with its arguments quoted.
  private static func show(_ call: borrowing Call, _ client: Client, _ server: Server) {
    let now = Clock.unixMicroseconds()
    // What has no connection is called by a script.
    let address = client.address
    let source = address.isEmpty ? "lua" : client.isUnixSocket ? "unix:\(address.dropLast(2))" : address
    var line = Array(
      "+\(now / 1_000_000).\(NumberText.padded(Int(now % 1_000_000), 6)) [\(client.databaseNumber) \(source)]".utf8)
    for index in 0..<call.count {
      line.append(UInt8(ascii: " "))
      line += server.isRedacted(index) ? Array("\"(redacted)\"".utf8) : quotedArgument(call[index].array)
    }
    line += [13, 10]
    for monitor in of(server).clients where monitor.getsReplies { monitor.push(line.bytes) }
  }
}
