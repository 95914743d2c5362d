import Containers
import ServerKernel

extension CLIENT {
  /// `CLIENT INFO`
  enum INFO: RedisCommand {
    static let spec = CommandSpec(
      "info", arity: 2, flags: [.noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "6.2.0", complexity: "O(1)",
      summary: "Returns information about the current client connection.",
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.verbatim(context.server.describe(context.client) + "\n")
    }
  }

  /// `CLIENT LIST [TYPE type] [ID id [id ...]]`
  enum LIST: RedisCommand {
    static let spec = CommandSpec(
      "list", arity: -2, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "2.4.0", complexity: "O(N) where N is the number of client connections",
      summary: "Get the list of client connections",
      arguments: [
        .oneOf("normal_master_replica_pubsub", .optional, token: "TYPE", since: "5.0.0", [.token("normal", "NORMAL"),
          .token("master", "MASTER"), .token("replica", "REPLICA"), .token("pubsub", "PUBSUB")]),
        .block("id", .optional, token: "ID", since: "6.2.0", [.integer("client-id", .multiple)])
      ],
      history: [
        ("2.8.12", "Added unique client `id` field."),
        ("5.0.0", "Added optional `TYPE` filter."),
        ("6.0.0", "Added `user` field."),
        ("6.2.0", "Added `argv-mem`, `tot-mem`, `laddr` and `redir` fields and the optional `ID` filter."),
        ("7.0.0", "Added `resp`, `multi-mem`, `rbs` and `rbp` fields."),
        ("7.0.3", "Added `ssub` field.")
      ],
      hints: ["nondeterministic_output"])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      let server = context.server
      var clients: [Client] = []
      if call.count == 4 && call.matches(2, "type") {
        let type = try ClientType(call[3])
        clients = everyone(server).filter { ClientType(of: $0) == type }
      } else if call.count > 3 && call.matches(2, "id") {
        for index in 3..<call.count {
          guard let id = call[index].integer else { throw .literal("ERR Invalid client ID") }
          if let client = server.client(id: UInt64(bitPattern: id)) { clients.append(client) }
        }
      } else if call.count == 2 {
        clients = everyone(server)
      } else {
        throw .syntax
      }
      var text = ""
      for client in clients { text += server.describe(client) + "\n" }
      context.reply.verbatim(text)
    }

    /// All clients in the order in which they came, but those that were closed a moment ago.
    private static func everyone(_ server: Server) -> [Client] {
      server.clients.filter { !$0.isDropped }.sorted { $0.id < $1.id }
    }
  }

  /// `CLIENT KILL addr` or `CLIENT KILL option value [option value ...]`
  enum KILL: RedisCommand {
    static let spec = CommandSpec(
      "kill", arity: -3, flags: [.admin, .noScript, .loading, .stale],
      categories: [.connection],
      group: .connection, since: "2.4.0", complexity: "O(N) where N is the number of client connections",
      summary: "Kill the connection of a client",
      arguments: [
        .oneOf("filter", [ArgumentSpec(.string, "ip:port", deprecatedSince: "2.8.12"), .oneOf("new-format", .multiple,
          [.integer("client-id", .optional, token: "ID", since: "2.8.12"), .oneOf("normal_master_slave_pubsub",
          .optional, token: "TYPE", since: "2.8.12", [.token("normal", "NORMAL"), .token("master", "MASTER",
          since: "3.2.0"), .token("slave", "SLAVE"), .token("replica", "REPLICA", since: "5.0.0"), .token("pubsub",
          "PUBSUB")]), .string("username", .optional, token: "USER"), .string("ip:port", .optional, token: "ADDR"),
          .string("ip:port", .optional, token: "LADDR", since: "6.2.0"), .string("yes/no", .optional,
          token: "SKIPME")])])
      ],
      history: [
        ("2.8.12", "Added new filter format."),
        ("2.8.12", "`ID` option."),
        ("3.2.0", "Added `master` type in for `TYPE` option."),
        ("5.0.0", "Replaced `slave` `TYPE` with `replica`. `slave` still supported for backward compatibility."),
        ("6.2.0", "`LADDR` option.")
      ])

    /// Which clients to kill: those that meet every criterion that is set.
    private struct Criteria {
      var address: String?
      var localAddress: String?
      var type: ClientType?
      var id: UInt64?
      var user: String?
      var sparesCaller = true

      func match(_ client: Client, caller: Client) -> Bool {
        if client.isClosing { return false }
        if let address, client.address != address { return false }
        if let localAddress, client.localAddress != localAddress { return false }
        if let type, ClientType(of: client) != type { return false }
        if let id, client.id != id { return false }
        if let user, client.userName != user { return false }
        return !(sparesCaller && client == caller)
      }
    }

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      var criteria = Criteria()
      if call.count == 3 {
        criteria.address = call[2].string
        criteria.sparesCaller = false
      } else {
        for index in stride(from: 2, to: call.count, by: 2) { try parse(call, index, &criteria) }
      }
      let caller = context.client
      let victims = context.server.clients.filter { criteria.match($0, caller: caller) }
      for victim in victims where victim != caller { victim.close() }
      if call.count > 3 {
        context.reply.integer(victims.count)
      } else if victims.isEmpty {
        throw .literal("ERR No such client")
      } else {
        context.reply.ok()
      }
      if victims.contains(caller) { caller.closeAfterReply() }
    }

    private static func parse(
      _ call: borrowing Call, _ index: Int, _ criteria: inout Criteria
    ) throws(CommandError) {
      guard index + 1 < call.count else { throw .syntax }
      if call.matches(index, "id") {
        guard let id = call[index + 1].integer, id >= 1 else {
          throw .literal("ERR client-id should be greater than 0")
        }
        criteria.id = UInt64(id)
      } else if call.matches(index, "type") {
        criteria.type = try ClientType(call[index + 1])
      } else if call.matches(index, "addr") {
        criteria.address = call[index + 1].string
      } else if call.matches(index, "laddr") {
        criteria.localAddress = call[index + 1].string
      } else if call.matches(index, "user") {
        guard call[index + 1] == Bytes("default") else {
          throw .text("ERR No such user '\(call[index + 1])'")
        }
        criteria.user = "default"
      } else if call.matches(index, "skipme") {
        if call.matches(index + 1, "yes") {
          criteria.sparesCaller = true
        } else if call.matches(index + 1, "no") {
          criteria.sparesCaller = false
        } else {
          throw .syntax
        }
      } else {
        throw .syntax
      }
    }
  }
}
