import ServerKernel

/// `PUBSUB subcommand`: who listens to what.
enum PUBSUB: RedisCommand {
  static let spec = CommandSpec(
    "pubsub", arity: -2,
    group: .pubSub, since: "2.8.0", complexity: "Depends on subcommand.",
    summary: "A container for Pub/Sub commands",
    subcommands: [CHANNELS.self, HELP.self, NUMPAT.self, NUMSUB.self, SHARDCHANNELS.self, SHARDNUMSUB.self])

  private static func answerNames(_ call: borrowing Call, _ context: borrowing Context, _ kind: Subscriptions.Kind) {
    let names = Broker.of(context.server).names(kind, matching: call.count > 2 ? call[2].array : nil)
    context.reply.array(names.count)
    for name in names { context.reply.bulk(name.bytes) }
  }

  private static func answerCounts(_ call: borrowing Call, _ context: borrowing Context, _ kind: Subscriptions.Kind) {
    let broker = Broker.of(context.server)
    context.reply.array((call.count - 2) * 2)
    for index in 2..<call.count {
      context.reply.bulk(call[index])
      context.reply.integer(broker.subscriberCount(call[index].array, kind))
    }
  }
}

extension PUBSUB {
  /// `PUBSUB CHANNELS [pattern]`
  enum CHANNELS: RedisCommand {
    static let spec = CommandSpec(
      "channels", arity: -2, flags: [.pubSub, .loading, .stale],
      group: .pubSub, since: "2.8.0",
      complexity: "O(N) where N is the number of active channels, and assuming constant time pattern matching "
        + "(relatively short channels and patterns)",
      summary: "List active channels",
      arguments: [
        .pattern("pattern", .optional)
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.count > 3 { throw .unknownSubcommand(call, of: "PUBSUB") }
      PUBSUB.answerNames(call, context, .channel)
    }
  }

  /// `PUBSUB SHARDCHANNELS [pattern]`
  enum SHARDCHANNELS: RedisCommand {
    static let spec = CommandSpec(
      "shardchannels", arity: -2, flags: [.pubSub, .loading, .stale],
      group: .pubSub, since: "7.0.0",
      complexity: "O(N) where N is the number of active shard channels, and assuming constant time pattern "
        + "matching (relatively short shard channels).",
      summary: "List active shard channels",
      arguments: [
        .pattern("pattern", .optional)
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      if call.count > 3 { throw .unknownSubcommand(call, of: "PUBSUB") }
      PUBSUB.answerNames(call, context, .shardChannel)
    }
  }

  /// `PUBSUB NUMSUB [channel [channel ...]]`
  enum NUMSUB: RedisCommand {
    static let spec = CommandSpec(
      "numsub", arity: -2, flags: [.pubSub, .loading, .stale],
      group: .pubSub, since: "2.8.0",
      complexity: "O(N) for the NUMSUB subcommand, where N is the number of requested channels",
      summary: "Get the count of subscribers for channels",
      arguments: [
        .string("channel", [.optional, .multiple])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      PUBSUB.answerCounts(call, context, .channel)
    }
  }

  /// `PUBSUB SHARDNUMSUB [shardchannel [shardchannel ...]]`
  enum SHARDNUMSUB: RedisCommand {
    static let spec = CommandSpec(
      "shardnumsub", arity: -2, flags: [.pubSub, .loading, .stale],
      group: .pubSub, since: "7.0.0",
      complexity: "O(N) for the SHARDNUMSUB subcommand, where N is the number of requested shard channels",
      summary: "Get the count of subscribers for shard channels",
      arguments: [
        .string("shardchannel", [.optional, .multiple])
      ])

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      PUBSUB.answerCounts(call, context, .shardChannel)
    }
  }

  /// `PUBSUB NUMPAT`
  enum NUMPAT: RedisCommand {
    static let spec = CommandSpec(
      "numpat", arity: 2, flags: [.pubSub, .loading, .stale],
      group: .pubSub, since: "2.8.0", complexity: "O(1)",
      summary: "Get the count of unique patterns pattern subscriptions")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.reply.integer(Broker.of(context.server).patternCount)
    }
  }

  /// `PUBSUB HELP`
  enum HELP: RedisCommand {
    static let spec = CommandSpec(
      "help", arity: 2, flags: [.loading, .stale],
      group: .pubSub, since: "6.2.0", complexity: "O(1)",
      summary: "Show helpful text about the different subcommands")

    static func execute(_ call: borrowing Call, _ context: inout Context) throws(CommandError) {
      context.help(
        "PUBSUB",
        """
        CHANNELS [<pattern>]
            Return the currently active channels matching a <pattern> (default: '*').
        NUMPAT
            Return number of subscriptions to patterns.
        NUMSUB [<channel> ...]
            Return the number of subscribers for the specified channels, excluding
            pattern subscriptions(default: no channels).
        SHARDCHANNELS [<pattern>]
            Return the currently active shard level channels matching a <pattern> (default: '*').
        SHARDNUMSUB [<shardchannel> ...]
            Return the number of subscribers for the specified shard level channel(s)
        """)
    }
  }
}
