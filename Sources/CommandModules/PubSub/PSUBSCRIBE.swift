import ServerKernel

/// `PSUBSCRIBE pattern [pattern ...]`
enum PSUBSCRIBE: RedisCommand {
  static let spec = CommandSpec(
    "psubscribe", arity: -2, flags: [.pubSub, .noScript, .loading, .stale, .allowedWhileSubscribed],
    group: .pubSub, since: "2.0.0",
    complexity: "O(N) where N is the number of patterns the client is already subscribed to.",
    summary: "Listen for messages published to channels matching the given patterns",
    arguments: [
      .block("pattern", .multiple, [.pattern("pattern")])
    ])

  static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
    try Subscribing.subscribe(call, context, .pattern)
  }
}
