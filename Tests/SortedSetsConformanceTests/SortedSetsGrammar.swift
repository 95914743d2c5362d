import ConformanceSupport

/// Random sequences of Sorted Set commands; `string` holds no sorted set, and all scores of `lex` are the same.
///
/// Without -0, whose sign depends on the encoding: a packed set has none, so that it is lost in a restart.
let sortedSetsGrammar = CommandGrammar(
  keys: ["a", "b", "c", "string"],
  values: ["", "0", "1", "-17", "3.25", "inf", "-inf", "1e300", "0.1", "(2", "m1", "m2", "007", long],
  templates: [
    "ZADD {key} {int -9 9} m{int 0 30}", "ZADD {key} {int 0 9} m{int 0 30} {int 0 9} m{int 0 30} {value} {value}",
    "ZADD {key} {pick NX|XX|GT|LT|CH} {int 0 9} m{int 0 30}", "ZADD {key} {pick NX|XX|GT} CH {value} {some value}",
    "ZADD {key} {pick XX|LT|CH} INCR {value} m{int 0 30}", "ZINCRBY {key} {value} {value}",
    "ZINCRBY {key} 0.{int 0 999} m{int 0 30}", "ZREM {key} m{int 0 30} {some value}", "ZSCORE {key} {value}",
    "ZMSCORE {key} {some value} m{int 0 30}", "ZCARD {key}", "ZRANK {key} m{int 0 30}", "ZREVRANK {key} {value}",
    "ZRANGE {key} {int -9 9} {int -9 9}", "ZRANGE {key} {int -9 9} {int -9 9} REV WITHSCORES", "ZRANGE {key} 0 -1",
    "ZRANGE {key} {value} {value} BYSCORE WITHSCORES",
    "ZRANGE {key} +inf ({int -9 9} BYSCORE REV LIMIT {int -1 3} {int -1 3}",
    "ZREVRANGE {key} {int -9 9} {int -9 9} WITHSCORES", "ZRANGEBYSCORE {key} {int -9 9} {int -9 9} LIMIT {int -1 3} 4",
    "ZREVRANGEBYSCORE {key} {value} ({int -9 9} WITHSCORES", "ZCOUNT {key} {value} ({int -9 9}",
    "ZADD lex 0 m{int 0 60} 0 {value} 0 {int 0 200}", "ZRANGEBYLEX lex [m{int 0 60} (m{int 0 60}",
    "ZRANGE lex - + BYLEX",
    "ZRANGE lex [{int 0 200} [m{int 0 60} BYLEX LIMIT {int 0 4} {int -1 9}", "ZLEXCOUNT lex ({value} [m{int 0 60}",
    "ZREVRANGEBYLEX lex (m{int 0 60} [{int 0 200} LIMIT {int 0 4} {int -1 9}",
    "ZREMRANGEBYLEX lex [m{int 0 60} [m{int 0 60}", "ZRANGESTORE {key} lex {pick -|(m2|[5} [m{int 0 60} BYLEX",
    "ZRANGESTORE {key} {key} {int -5 5} {int -5 9}",
    "ZRANGESTORE {key} {key} {value} {value} BYSCORE LIMIT {int 0 2} {int -1 5}",
    "ZREMRANGEBYRANK {key} {int -4 4} {int -4 4}", "ZREMRANGEBYSCORE {key} {int -9 9} ({int -9 9}",
    "ZPOPMIN {key}", "ZPOPMAX {key} {int -1 3}", "ZPOPMIN {key} {int 0 3}",
    "ZMPOP 2 {key} {key} {pick MIN|MAX} COUNT {int 0 3}",
    "BZPOPMIN {key} {key} 0.001", "BZPOPMAX {key} 0.001", "BZMPOP 0.001 2 {key} {key} {pick MIN|MAX} COUNT {int 1 3}",
    "ZUNION 2 {key} {key} WITHSCORES", "ZINTER 2 {key} {key} WEIGHTS {value} {int -3 3} WITHSCORES",
    "ZDIFF 3 {key} {key} {key} WITHSCORES", "ZINTERCARD 2 {key} {key} LIMIT {int -1 5}",
    "ZUNIONSTORE {key} 2 {key} {key} WEIGHTS {int -3 3} {value} AGGREGATE {pick SUM|MIN|MAX}",
    "ZINTERSTORE {key} 3 {key} {key} {key} AGGREGATE {pick SUM|MIN|MAX}", "ZDIFFSTORE {key} 2 {key} {key}",
    "ZRANDMEMBER {key} 1000 WITHSCORES", "ZRANDMEMBER {key} 0", "ZSCAN {key} 0 COUNT 1000 MATCH {pick m*|?|*1*}",
    "SADD set m{int 0 30} {int 0 200}", "ZUNIONSTORE {key} 2 set {key}", "ZINTER 2 {key} set WITHSCORES",
    "ZDIFF 2 set {key} WITHSCORES", "ZINTERCARD 3 set {key} lex",
    "DEL {key}", "EXISTS {some key}", "TYPE {key}", "OBJECT ENCODING {key}", "COPY {key} {key} REPLACE",
    "RENAME {key} {key}", "SET string {value}", "EXPIRE {key} {int 100 200}", "PERSIST {key}",
    "DEBUG DIGEST-VALUE {key}",
    "CONFIG SET zset-max-listpack-entries {pick 0|3|8|128}", "CONFIG SET zset-max-ziplist-value {pick 3|64}",
  ],
  comparisons: ["zrandmember": .unordered, "zscan": .unorderedScan])

/// Longer than what a packed set holds.
let long = String(repeating: "x", count: 70)
