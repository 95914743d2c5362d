import ServerKernel

/// `HELLO [protover [AUTH username password] [SETNAME clientname]]`
enum HELLO: RedisCommand {
  static let spec = CommandSpec(
    "hello", arity: -1, flags: [.noScript, .loading, .stale, .fast, .noAuth, .allowBusy],
    categories: [.connection],
    group: .connection, since: "6.0.0", complexity: "O(1)",
    summary: "Handshake with Redis",
    arguments: [
      .block("arguments", .optional, [.integer("protover"), .block("username_password", .optional, token: "AUTH",
        [.string("username"), .string("password")]), .string("clientname", .optional, token: "SETNAME")])
    ],
    history: [
      (
        "6.2.0",
        "`protover` made optional; when called without arguments the command reports the current connection's context."
      )
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    let client = context.client
    var version: Int64?
    if call.count > 1 {
      guard let number = call[1].integer else {
        throw .literal("ERR Protocol version is not an integer or out of range")
      }
      guard 2...3 ~= number else { throw .literal("NOPROTO unsupported protocol version") }
      version = number
    }
    var index = 2
    while index < call.count {
      let more = call.count - 1 - index
      if call.matches(index, "auth") && more >= 2 {
        context.redact(index + 1)
        context.redact(index + 2)
        try Password.authenticate(client, call[index + 1].string, call[index + 2], context.server)
        index += 3
      } else if call.matches(index, "setname") && more >= 1 {
        try CLIENT.setName(call[index + 1], client)
        index += 2
      } else {
        throw .text("ERR Syntax error in HELLO option '\(call[index])'")
      }
    }
    guard client.isAuthenticated else {
      throw .literal(
        """
        NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> \
        option can be used to authenticate the client and select the RESP protocol version at the same time
        """
      )
    }
    if let version { client.setRESP3(version == 3) }
    answer(context)
  }

  private static func answer(_ context: borrowing Context) {
    let reply = context.reply
    reply.map(7)
    reply.bulk("server")
    reply.bulk("redis")
    reply.bulk("version")
    reply.bulk(RedisCompatibility.version)
    reply.bulk("proto")
    reply.integer(reply.isRESP3 ? 3 : 2)
    reply.bulk("id")
    reply.integer(Int64(context.client.id))
    reply.bulk("mode")
    reply.bulk("standalone")
    reply.bulk("role")
    reply.bulk(context.server.isReplica ? "replica" : "master")
    reply.bulk("modules")
    reply.array(0)
  }
}
