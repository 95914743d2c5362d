import ServerKernel

/// `SUNSUBSCRIBE [shardchannel [shardchannel ...]]`
enum SUNSUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "sunsubscribe", arity: -1, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    keys: [.all(.notKey)],
    group: .pubSub, since: "7.0.0",
    complexity: "O(N) where N is the number of clients already subscribed to a shard channel.",
    summary: "Stop listening for messages posted to the given shard channels",
    arguments: [
      .string("shardchannel", [.optional, .multiple])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    Subscribing.unsubscribe(call, context, .shardChannel)
  }
}
