import ConformanceSupport

/// Random subscriptions and messages among some clients: each gets what it should, and counts agree. Subscriptions
/// are ended one by one, since a server that ends all of them chooses the order.
let pubSubGrammar = CommandGrammar(
  keys: ["a", "b", "ab", "abc", ""], values: ["", "message", "\u{1}\u{ff}"],
  templates: [
    "SUBSCRIBE {some key}", "UNSUBSCRIBE {key}", "UNSUBSCRIBE {key} {key}", "PSUBSCRIBE {pick *|a*|?|[ab]|x}",
    "PSUBSCRIBE {pick *|a*|?|[ab]|x} {pick *|a*}", "PUNSUBSCRIBE {pick *|a*|?|[ab]|x}", "SSUBSCRIBE {some key}",
    "SUNSUBSCRIBE {key}", "PUBLISH {key} {value}", "PUBLISH {key} {value}", "PUBLISH {key} {value}",
    "SPUBLISH {key} {value}", "PUBSUB NUMSUB {some key}", "PUBSUB NUMPAT", "PUBSUB SHARDNUMSUB {some key}",
    "PUBSUB CHANNELS {pick a|b|abc}", "PUBSUB SHARDCHANNELS {pick a|b}", "PUBSUB CHANNELS {pick a|b} x", "RESET",
    "HELLO 9", "SET {key} {value}", "DEL {key}", "GET {key}", "PING", "PING {value}", "SUBSCRIBE",
    "CONFIG SET notify-keyspace-events {pick KEA|E$g|K$|A}", "PSUBSCRIBE __key*__:*", "SUBSCRIBE __keyevent@0__:set",
    "PUNSUBSCRIBE __key*__:*",
  ],
  connections: 3)
