import ServerKernel

/// `PING [message]`
enum PING: RedisCommand {
  static let spec = CommandSpec(
    "ping", arity: -1, flags: [.fast, .allowedWhileSubscribed, .reportsDiskErrors],
    categories: [.connection],
    group: .connection, since: "1.0.0", complexity: "O(1)",
    summary: "Ping the server",
    arguments: [
      .string("message", .optional)
    ],
    hints: ["request_policy:all_shards", "response_policy:all_succeeded"])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    if call.count > 2 { throw .wrongArity("ping") }
    let reply = context.reply
    if context.client.isSubscribed && !reply.isRESP3 {
      // A RESP2 client that is subscribed expects nothing but messages.
      reply.array(2)
      reply.bulk("pong")
      if call.count == 1 { reply.bulk("") } else { reply.bulk(call[1]) }
    } else if call.count == 1 {
      reply.simple("PONG")
    } else {
      reply.bulk(call[1])
    }
  }
}
