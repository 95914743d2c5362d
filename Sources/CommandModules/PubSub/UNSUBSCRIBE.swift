import ServerKernel

/// `UNSUBSCRIBE [channel [channel ...]]`
enum UNSUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "unsubscribe", arity: -1, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    group: .pubSub, since: "2.0.0",
    complexity: "O(N) where N is the number of clients already subscribed to a channel.",
    summary: "Stop listening for messages posted to the given channels",
    arguments: [
      .string("channel", [.optional, .multiple])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    Subscribing.unsubscribe(call, context, .channel)
  }
}
