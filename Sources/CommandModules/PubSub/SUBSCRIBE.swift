import ServerKernel

/// `SUBSCRIBE channel [channel ...]`
enum SUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "subscribe", arity: -2, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    group: .pubSub, since: "2.0.0", complexity: "O(N) where N is the number of channels to subscribe to.",
    summary: "Listen for messages published to the given channels",
    arguments: [
      .string("channel", .multiple)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try Subscribing.subscribe(call, context, .channel)
  }
}
