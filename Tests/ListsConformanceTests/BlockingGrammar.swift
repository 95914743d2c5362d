import ConformanceSupport

/// What clients do to one another's lists, in two databases. Numbers of wide ranges tell who got which element.
///
/// Before SWAPDB one key is left in either database: redis-server looks through the keys that are waited for in the
/// order of a hash table with a random seed.
let blockingGrammar = CommandGrammar(
  keys: ["a", "b", "c"],
  values: ["x", "y"],
  templates: [
    "BLPOP {key} 0", "BLPOP {some key} 0", "BLPOP {some key} 0", "BRPOP {key} 0", "BRPOP {some key} 0",
    "BLMOVE {key} {key} {pick LEFT|RIGHT} {pick LEFT|RIGHT} 0", "BLMOVE {key} {key} {pick LEFT|RIGHT} LEFT 0",
    "BRPOPLPUSH {key} {key} 0", "BLMPOP 0 1 {key} LEFT", "BLMPOP 0 2 {key} {key} {pick LEFT|RIGHT} COUNT {int 1 4}",
    "BLPOP {some key} 0.01", "BRPOPLPUSH {key} {key} 0.01", "BLMOVE {key} {key} LEFT RIGHT 0.01",
    "BLMPOP 0.01 1 {key} LEFT",

    "LPUSH {key} {int 0 99999}", "RPUSH {key} {int 0 99999}", "LPUSH {key} {int 0 99999} {int 0 99999} {int 0 99999}",
    "RPUSH {key} {int 0 99999} {int 0 99999} {int 0 99999} {int 0 99999}", "LPUSHX {key} {int 0 99999}",
    "LMOVE {key} {key} {pick LEFT|RIGHT} {pick LEFT|RIGHT}", "RPOPLPUSH {key} {key}", "LPOP {key}", "RPOP {key} 2",
    "LMPOP 2 {key} {key} RIGHT", "LTRIM {key} 1 -1", "LRANGE {key} 0 -1", "TYPE {key}",

    "MULTI ; LPUSH {key} {int 0 99999} ; RPUSH {key} {int 0 99999} {int 0 99999} ; EXEC",
    "MULTI ; RPUSH {key} {int 0 99999} {int 0 99999} ; RPUSH {key} {int 0 99999} ; LPOP {key} ; EXEC",
    "MULTI ; RPUSH {key} {int 0 99999} ; DEL {key} ; RPUSH {key} {int 0 99999} ; EXEC",
    "MULTI ; RPUSH {key} {int 0 99999} ; BLPOP {key} {key} 0 ; BLMOVE {key} {key} LEFT LEFT 0 ; EXEC",
    "MULTI ; BRPOPLPUSH {key} {key} 0 ; BLMPOP 0 1 {key} LEFT ; BRPOP {key} 0 ; EXEC",
    "MULTI ; RPUSH {key} {int 0 99999} ; PEXPIRE {key} -1 ; EXEC", "MULTI ; DEL {key} ; SET {key} x ; EXEC",
    "MULTI ; RPUSH {key} {int 0 99999} ; DEL {key} ; HSET {key} f v ; EXEC",
    "MULTI ; LPUSH {key} {int 0 99999} ; RENAME {key} {key} ; COPY {key} {key} REPLACE ; EXEC",
    "MULTI ; SELECT {int 0 1} ; RPUSH {key} {int 0 99999} ; SELECT {int 0 1} ; RPUSH {key} {int 0 99999} ; EXEC",
    "WATCH {key} ; MULTI ; RPUSH {key} {int 0 99999} ; EXEC", "MULTI ; LPUSH {key} {int 0 99999} ; DISCARD",

    "RENAME {key} {key}", "RENAMENX {key} {key}", "COPY {key} {key}", "COPY {key} {key} DB {int 0 1} REPLACE",
    "MOVE {key} {int 0 1}", "SELECT {int 0 1}",
    "MULTI ; SELECT 0 ; DEL b c ; SELECT 1 ; DEL b c ; SWAPDB 0 1 ; EXEC",
    "SET {key} x", "HSET {key} f v", "DEL {key}", "DEL {some key}", "EXPIRE {key} 1000", "PEXPIRE {key} -1", "FLUSHDB",
  ])
