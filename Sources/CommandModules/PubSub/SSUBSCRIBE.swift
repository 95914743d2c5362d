import ServerKernel

/// `SSUBSCRIBE shardchannel [shardchannel ...]`
enum SSUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "ssubscribe", arity: -2, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    keys: [.all(.notKey)],
    group: .pubSub, since: "7.0.0", complexity: "O(N) where N is the number of shard channels to subscribe to.",
    summary: "Listen for messages published to the given shard channels",
    arguments: [
      .string("shardchannel", .multiple)
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try Subscribing.subscribe(call, context, .shardChannel)
  }
}
