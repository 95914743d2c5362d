import ServerKernel

/// `SPUBLISH shardchannel message`
enum SPUBLISH: RedisCommand {
  static let spec = CommandSpec(
    "spublish", arity: 3, flags: [.pubSub, .loading, .stale, .fast, .mayReplicate],
    keys: [.one(.notKey)],
    group: .pubSub, since: "7.0.0",
    complexity: "O(N) where N is the number of clients subscribed to the receiving shard channel.",
    summary: "Post a message to a shard channel",
    arguments: [
      .string("shardchannel"),
      .string("message")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    context.journal.forceToReplicas()
    context.reply.integer(Broker.of(context.server).publishShard(call[1], call[2]))
  }
}
