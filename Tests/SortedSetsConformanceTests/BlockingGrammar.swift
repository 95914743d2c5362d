import ConformanceSupport

/// What clients do to one another's sorted sets, in two databases. Scores of wide ranges tell who got which member.
///
/// Before SWAPDB one key is left in either database: redis-server looks through the keys that are waited for in the
/// order of a hash table with a random seed.
let blockingGrammar = CommandGrammar(
  keys: ["a", "b", "c"],
  values: ["x", "y"],
  templates: [
    "BZPOPMIN {key} 0", "BZPOPMIN {some key} 0", "BZPOPMAX {key} 0", "BZPOPMAX {some key} 0",
    "BZMPOP 0 1 {key} MIN", "BZMPOP 0 2 {key} {key} {pick MIN|MAX} COUNT {int 1 4}",
    "BZPOPMIN {some key} 0.01", "BZMPOP 0.01 1 {key} MAX",

    "ZADD {key} {int 0 99999} {int 0 999}", "ZADD {key} {int 0 99999} x {int 0 99999} y {int 0 99999} z",
    "ZADD {key} {int 0 99999} {int 0 999} {int 0 99999} {int 0 999}", "ZINCRBY {key} {int 0 99999} {int 0 99}",
    "ZPOPMIN {key}", "ZPOPMAX {key} 2", "ZMPOP 2 {key} {key} MAX", "ZREM {key} x y", "ZRANGE {key} 0 -1 WITHSCORES",
    "TYPE {key}", "ZUNIONSTORE {key} 2 {key} {key}", "ZRANGESTORE {key} {key} 0 1", "ZREMRANGEBYRANK {key} 0 0",

    "MULTI ; ZADD {key} {int 0 99999} a ; ZADD {key} {int 0 99999} b {int 0 99999} c ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a {int 0 99999} b ; ZADD {key} {int 0 99999} c ; ZPOPMIN {key} ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a ; DEL {key} ; ZADD {key} {int 0 99999} b ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a ; BZPOPMIN {key} {key} 0 ; BZMPOP 0 1 {key} MAX ; BZPOPMAX {key} 0 ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a ; PEXPIRE {key} -1 ; EXEC", "MULTI ; DEL {key} ; SET {key} x ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a ; DEL {key} ; RPUSH {key} v ; EXEC",
    "MULTI ; ZADD {key} {int 0 99999} a ; RENAME {key} {key} ; COPY {key} {key} REPLACE ; EXEC",
    "MULTI ; SELECT {int 0 1} ; ZADD {key} {int 0 99999} a ; SELECT {int 0 1} ; ZADD {key} {int 0 99999} b ; EXEC",
    "WATCH {key} ; MULTI ; ZADD {key} {int 0 99999} a ; EXEC", "MULTI ; ZADD {key} {int 0 99999} a ; DISCARD",

    "RENAME {key} {key}", "RENAMENX {key} {key}", "COPY {key} {key}", "COPY {key} {key} DB {int 0 1} REPLACE",
    "MOVE {key} {int 0 1}", "SELECT {int 0 1}",
    "MULTI ; SELECT 0 ; DEL b c ; SELECT 1 ; DEL b c ; SWAPDB 0 1 ; EXEC",
    "SET {key} x", "RPUSH {key} v", "BLPOP {key} 0.01", "DEL {key}", "DEL {some key}", "EXPIRE {key} 1000",
    "PEXPIRE {key} -1", "FLUSHDB",
  ])
