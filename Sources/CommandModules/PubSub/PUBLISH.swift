import ServerKernel

/// `PUBLISH channel message`
enum PUBLISH: RedisCommand {
  static let spec = CommandSpec(
    "publish", arity: 3, flags: [.pubSub, .loading, .stale, .fast, .mayReplicate],
    group: .pubSub, since: "2.0.0",
    complexity: "O(N+M) where N is the number of clients subscribed to the receiving channel and M is the total "
      + "number of subscribed patterns (by any client).",
    summary: "Post a message to a channel",
    arguments: [
      .string("channel"),
      .string("message")
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    // Those who are subscribed at a replica hear of it, too.
    context.journal.forceToReplicas()
    context.reply.integer(Broker.of(context.server).publish(call[1], call[2]))
  }
}
