import ServerKernel

extension COMMAND {
  /// `COMMAND GETKEYS command [arg ...]`
  enum GETKEYS: RedisCommand {
    static let spec = CommandSpec(
      "getkeys", arity: -4, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "2.8.13", complexity: "O(N) where N is the number of arguments to the command",
      summary: "Extract keys given a full Redis command")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      for key in try COMMAND.answerKeys(call, context) { context.reply.bulk(call[key.position + 2]) }
    }
  }

  /// `COMMAND GETKEYSANDFLAGS command [arg ...]`
  enum GETKEYSANDFLAGS: RedisCommand {
    static let spec = CommandSpec(
      "getkeysandflags", arity: -4, flags: [.loading, .stale],
      categories: [.connection],
      group: .server, since: "7.0.0", complexity: "O(N) where N is the number of arguments to the command",
      summary: "Extract keys and access flags given a full Redis command")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      for key in try COMMAND.answerKeys(call, context) {
        context.reply.array(2)
        context.reply.bulk(call[key.position + 2])
        context.reply.names(KeySpec.Flags.names.filter { key.flags.contains($0.flag) }.map(\.name))
      }
    }
  }

  /// Finds the keys of the command that the arguments from the third on make up, and announces so many elements.
  private static func answerKeys(
    _ call: borrowing Call, _ context: borrowing Context
  ) throws(CommandError) -> [KeyReference] {
    guard var command = context.server.command(named: call[2]) else {
      throw .literal("ERR Invalid command specified")
    }
    if call.count > 3, !command.subcommands.isEmpty {
      let name = call[3].string.lowercased()
      guard let subcommand = command.subcommands.first(where: { $0.spec.name == name }) else {
        throw .literal("ERR Invalid command specified")
      }
      command = subcommand
    }
    guard command.hasKeys else { throw .literal("ERR The command has no key arguments") }
    guard command.accepts(call.count - 2) else {
      throw .literal("ERR Invalid number of arguments specified for command")
    }
    if let keys = command.keys(of: call.suffix(from: 2)), !keys.isEmpty {
      context.reply.array(keys.count)
      return keys
    }
    guard command.spec.flags.contains(.noMandatoryKeys) else {
      throw .literal("ERR Invalid arguments specified for command")
    }
    context.reply.array(0)
    return []
  }
}
