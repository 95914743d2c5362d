import ServerKernel

extension CLIENT {
  /// `CLIENT GETNAME`
  enum GETNAME: RedisCommand {
    static let spec = CommandSpec(
      "getname", arity: 2, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "2.6.9", complexity: "O(1)",
      summary: "Get the current connection name")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let name = context.client.name
      if name.isEmpty { context.reply.null() } else { context.reply.bulk(name) }
    }
  }

  /// `CLIENT SETNAME connection-name`
  enum SETNAME: RedisCommand {
    static let spec = CommandSpec(
      "setname", arity: 3, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "2.6.9", complexity: "O(1)",
      summary: "Set the current connection name",
      arguments: [
        .string("connection-name")
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      try CLIENT.setName(call[2], context.client)
      context.reply.ok()
    }
  }

  /// `CLIENT SETINFO LIB-NAME libname | LIB-VER libver`: of Redis 7.2, because client libraries send it unasked.
  enum SETINFO: RedisCommand {
    static let spec = CommandSpec(
      "setinfo", arity: 4, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "7.2.0", complexity: "O(1)",
      summary: "Set client or connection specific info",
      arguments: [
        .oneOf("attr", [.string("libname", token: "LIB-NAME"), .string("libver", token: "LIB-VER")])
      ],
      hints: ["request_policy:all_nodes", "response_policy:all_succeeded"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let isName = call.matches(2, "lib-name")
      guard isName || call.matches(2, "lib-ver") else {
        throw .text("ERR Unrecognized option '\(call[2])'")
      }
      guard CLIENT.isPlain(call[3]) else {
        throw .text("ERR \(isName ? "lib-name" : "lib-ver") cannot contain spaces, newlines or special characters.")
      }
      if isName {
        context.client.libraryName = call[3].string
      } else {
        context.client.libraryVersion = call[3].string
      }
      context.reply.ok()
    }
  }

  /// `CLIENT ID`
  enum ID: RedisCommand {
    static let spec = CommandSpec(
      "id", arity: 2, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "5.0.0", complexity: "O(1)",
      summary: "Returns the client ID for the current connection")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.integer(Int64(context.client.id))
    }
  }
}
