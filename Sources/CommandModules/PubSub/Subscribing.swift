import Containers
import ServerKernel

/// What SUBSCRIBE and its relatives share. Each name is answered on its own, as a push in RESP3.
enum Subscribing {
  static func subscribe(
    _ call: borrowing Call, _ context: borrowing Context, _ kind: Subscriptions.Kind
  ) throws(CommandError) {
    let client = context.client
    // A transaction may take the replies that these send, which is how it always was; shard channels came later.
    guard kind == .shardChannel ? context.mayBlock : context.origin == .user else {
      throw .text("ERR \(call[0].string.uppercased()) isn't allowed for a DENY BLOCKING client")
    }
    let broker = Broker.of(context.server)
    for index in 1..<call.count {
      broker.subscribe(client, to: call[index].array, kind)
      confirm(kind.subscribed, call[index].array, client, kind)
    }
  }

  static func unsubscribe(_ call: borrowing Call, _ context: borrowing Context, _ kind: Subscriptions.Kind) {
    let client = context.client
    let broker = Broker.of(context.server)
    var names: [[UInt8]] = []
    if call.count > 1 {
      for index in 1..<call.count { names.append(call[index].array) }
    } else {
      names = client.attachment(Subscriptions.self)?.all(kind) ?? []
    }
    if names.isEmpty { confirm(kind.unsubscribed, nil, client, kind) }
    for name in names {
      broker.unsubscribe(client, from: name, kind)
      confirm(kind.unsubscribed, name, client, kind)
    }
  }

  /// What was done, the name, and how many subscriptions the client has now: channels and patterns, or shard channels.
  private static func confirm(_ done: StaticString, _ name: [UInt8]?, _ client: Client, _ kind: Subscriptions.Kind) {
    let own = client.attachment(Subscriptions.self)
    let count = kind == .shardChannel
      ? own?.count(.shardChannel) ?? 0 : (own?.count(.channel) ?? 0) + (own?.count(.pattern) ?? 0)
    var writer = MessageWriter()
    writer.begin(done, parts: 2)
    if let name { writer.part(name.bytes) } else { writer.null(client) }
    writer.part(count)
    writer.send(to: client)
  }
}

extension Subscriptions.Kind {
  var subscribed: StaticString {
    switch self {
    case .channel: "subscribe"
    case .pattern: "psubscribe"
    case .shardChannel: "ssubscribe"
    }
  }

  var unsubscribed: StaticString {
    switch self {
    case .channel: "unsubscribe"
    case .pattern: "punsubscribe"
    case .shardChannel: "sunsubscribe"
    }
  }
}
