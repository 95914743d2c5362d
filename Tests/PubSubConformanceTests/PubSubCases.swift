import ConformanceSupport

/// Subscriptions, each of which has one reply, and what PUBSUB tells of them.
let pubSubCases: [ConformanceCase] = [
  ConformanceCase("SUBSCRIBE", "SUBSCRIBE a", "SUBSCRIBE b", "SUBSCRIBE a", "UNSUBSCRIBE a", "UNSUBSCRIBE c", "RESET"),
  ConformanceCase(
    "SUBSCRIBE with PSUBSCRIBE", "SUBSCRIBE a", "PSUBSCRIBE b*", "SSUBSCRIBE c", "PUNSUBSCRIBE b*", "PING"),
  ConformanceCase("SUBSCRIBE errors", "SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE"),
  ConformanceCase(
    "a subscribed client", "SUBSCRIBE a", "GET a", "PING", "PING hello", "CONFIG GET hz", "FOO", "MULTI", "UNSUBSCRIBE",
    "PING", "GET a"),
  ConformanceCase("UNSUBSCRIBE", "UNSUBSCRIBE", "UNSUBSCRIBE a", "SUBSCRIBE a", "UNSUBSCRIBE", "UNSUBSCRIBE"),
  ConformanceCase(
    "PSUBSCRIBE", "PSUBSCRIBE a*", "PSUBSCRIBE a*", "PUNSUBSCRIBE b*", "PUNSUBSCRIBE", "PUNSUBSCRIBE", "GET a"),
  ConformanceCase("PUNSUBSCRIBE", "PUNSUBSCRIBE", "PUNSUBSCRIBE a", "PSUBSCRIBE a", "PUNSUBSCRIBE a"),
  ConformanceCase(
    "SSUBSCRIBE", "SSUBSCRIBE a", "SSUBSCRIBE b", "SUNSUBSCRIBE a", "SUNSUBSCRIBE", "SUNSUBSCRIBE", "GET a"),
  ConformanceCase("SUNSUBSCRIBE", "SUNSUBSCRIBE", "SUNSUBSCRIBE a", "SSUBSCRIBE a", "SUNSUBSCRIBE a"),
  ConformanceCase("SUBSCRIBE in a transaction", "MULTI", "SUBSCRIBE a", "GET b", "EXEC", "RESET"),
  ConformanceCase("RESET ends subscriptions", "SUBSCRIBE a", "RESET", "GET a", "PUBSUB CHANNELS"),

  ConformanceCase("PUBLISH", "PUBLISH a message", "PUBLISH \"\" \"\"", "PUBLISH a", "PUBLISH", "PUBLISH a b c"),
  ConformanceCase("SPUBLISH", "SPUBLISH a message", "SPUBLISH \"\" \"\"", "SPUBLISH a", "SPUBLISH", "SPUBLISH a b c"),

  ConformanceCase("PUBSUB errors", "PUBSUB", "PUBSUB FOO", "PUBSUB CHANNELS a b", "PUBSUB NUMPAT a"),
  ConformanceCase(
    "PUBSUB CHANNELS", "PUBSUB CHANNELS", "PUBSUB CHANNELS *", "PUBSUB SHARDCHANNELS", "PUBSUB SHARDCHANNELS a"),
  ConformanceCase(
    "PUBSUB NUMSUB", "PUBSUB NUMSUB", "PUBSUB NUMSUB a b", "PUBSUB SHARDNUMSUB", "PUBSUB SHARDNUMSUB a",
    "PUBSUB NUMPAT"),
  ConformanceCase("PUBSUB SHARDCHANNELS errors", "PUBSUB SHARDCHANNELS a b"),
  ConformanceCase("PUBSUB HELP", "PUBSUB HELP", "PUBSUB HELP a"),
]
