import Containers
import ServerKernel

/// `DEBUG subcommand [argument ...]`: for tests of the server. Refused unless `enable-debug-command` allows it.
enum DEBUG: RedisCommand {
  static let spec = CommandSpec(
    "debug", arity: -2, flags: [.admin, .noScript, .loading, .stale, .protected],
    group: .server, since: "1.0.0", complexity: "Depends on subcommand.",
    summary: "A container for debugging commands",
    isSystem: true)

  static let isEnabled = Setting<ProtectedAction>("enable-debug-command", default: .no, flags: .immutable)

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    guard isEnabled.value.allows(localClient: context.client.isLocal) else {
      throw .literal(
        """
        ERR DEBUG command not allowed. If the enable-debug-command option is set to "local", you can run it from a \
        local connection, otherwise you need to set this option in the configuration file, and then restart the \
        server.
        """
      )
    }
    if try executeData(call, &context) { return }
    if try executeProcess(call, &context) { return }
    if try executeSwitch(call, &context) { return }
    if try context.executeDebugSubcommand(call) { return }
    throw .unknownSubcommand(call, of: "DEBUG")
  }
}
