import ServerKernel

enum PING: RedisCommand {
  static let spec = CommandSpec("ping", arity: -1, flags: [.fast], group: .connection, since: "1.0.0", complexity: "O(1)", summary: "")
  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) { context.reply.simple("PONG") }
}
