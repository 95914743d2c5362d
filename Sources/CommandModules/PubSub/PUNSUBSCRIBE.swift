import ServerKernel

/// `PUNSUBSCRIBE [pattern [pattern ...]]`
enum PUNSUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "punsubscribe", arity: -1, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    group: .pubSub, since: "2.0.0",
    complexity: "O(N+M) where N is the number of patterns the client is already subscribed and M is the number "
      + "of total patterns subscribed in the system (by any client).",
    summary: "Stop listening for messages posted to channels matching the given patterns",
    arguments: [
      .pattern("pattern", [.optional, .multiple])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    Subscribing.unsubscribe(call, context, .pattern)
  }
}
