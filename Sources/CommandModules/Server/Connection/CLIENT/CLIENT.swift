import Containers
import ServerKernel

/// `CLIENT subcommand`: connections.
enum CLIENT: RedisCommand {
  static let spec = CommandSpec(
    "client", arity: -2,
    group: .connection, since: "2.4.0", complexity: "Depends on subcommand.",
    summary: "A container for client connection commands",
    subcommands: [GETNAME.self, HELP.self, ID.self, INFO.self, KILL.self, LIST.self, NOEVICT.self, NOTOUCH.self,
      PAUSE.self, REPLY.self, SETINFO.self, SETNAME.self, UNBLOCK.self, UNPAUSE.self])

  /// Gives the client a name of printable characters without spaces; an empty one takes it away.
  static func setName(_ name: borrowing Bytes, _ client: Client) throws(CommandError) {
    guard isPlain(name) else {
      throw .literal("ERR Client names cannot contain spaces, newlines or special characters.")
    }
    client.name = name.string
  }

  /// Whether every byte is printable and none a space, so that CLIENT LIST stays readable by programs.
  static func isPlain(_ text: borrowing Bytes) -> Bool {
    for index in 0..<text.count where !(33...126 ~= text[index]) { return false }
    return true
  }
}

/// Clients by what they do: `normal`, `pubsub`, ... in CLIENT LIST TYPE and CLIENT KILL TYPE.
enum ClientType {
  case normal, replica, master, subscriber

  init(_ name: borrowing Bytes) throws(CommandError) {
    if name.equalsIgnoringCase("normal") {
      self = .normal
    } else if name.equalsIgnoringCase("slave") || name.equalsIgnoringCase("replica") {
      self = .replica
    } else if name.equalsIgnoringCase("pubsub") {
      self = .subscriber
    } else if name.equalsIgnoringCase("master") {
      self = .master
    } else {
      throw .text("ERR Unknown client type '\(name)'")
    }
  }

  init(of client: Client) {
    switch client.role {
    case .replica: self = .replica
    case .primary: self = .master
    case .user: self = client.isSubscribed ? .subscriber : .normal
    }
  }
}
