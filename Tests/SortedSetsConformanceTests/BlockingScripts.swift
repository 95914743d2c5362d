import ConformanceSupport

/// Who is served, in which order, with what.
let blockingScripts: [ClientScript] = [
  ClientScript("BZPOPMIN", "a> BZPOPMIN z 0", "b: ZADD z 2 x 1 y", "a<", "b: ZRANGE z 0 -1 WITHSCORES", "a: PING"),
  ClientScript("BZPOPMAX", "a> BZPOPMAX z 0", "b: ZADD z 2 x 1 y", "a<", "b: ZRANGE z 0 -1 WITHSCORES"),
  ClientScript("BZMPOP", "a> BZMPOP 0 2 y z MAX COUNT 2", "b: ZADD z 2 x 1 y 3 w", "a<", "b: ZRANGE z 0 -1"),
  ClientScript("BZMPOP of all", "a> BZMPOP 0 1 z MIN COUNT 9", "b: ZADD z 2 x 1 y", "a<", "b: EXISTS z"),
  ClientScript("ZINCRBY serves", "a> BZPOPMIN z 0", "b: ZINCRBY z 2 x", "a<", "b: EXISTS z"),
  ClientScript(
    "first come, first served", "a> BZPOPMIN z 0", "b> BZPOPMAX z 0", "c> BZPOPMIN z 0", "d: ZADD z 1 a 2 b", "a<",
    "b<",
    "d: EXISTS z", "d: ZADD z 3 c", "c<"),
  ClientScript("several keys", "a> BZPOPMIN x y z 0", "b: ZADD z 1 a", "a<", "b: ZADD x 2 b", "b: ZCARD x"),
  ClientScript(
    "the key that was ready first", "a> BZPOPMIN x y 0", "b: MULTI", "b: ZADD y 1 a", "b: ZADD x 2 b", "b: EXEC", "a<",
    "b: ZRANGE x 0 -1", "b: ZRANGE y 0 -1"),
  ClientScript(
    "the same key twice", "a> BZPOPMIN z z 0", "b: ZADD z 1 a 2 b", "a<", "b: ZPOPMIN z", "a> BZPOPMIN y z y 0",
    "b: DEL z", "b: ZADD y 3 c", "a<"),
  ClientScript(
    "a pipeline behind the blocked command", "a> BZPOPMIN z 0", "a~ SET k v", "a~ GET k", "b: GET k", "b: ZADD z 1 a",
    "a<", "a<", "a<"),
  ClientScript(
    "after EXEC", "a> BZPOPMIN z 0", "b: MULTI", "b: ZADD z 2 a", "b: ZADD z 1 b", "b: ZRANGE z 0 -1", "b: EXEC", "a<",
    "b: ZRANGE z 0 -1"),
  ClientScript(
    "nothing left after EXEC", "a> BZPOPMIN z 0", "b: MULTI", "b: ZADD z 1 a", "b: ZREM z a", "b: EXEC",
    "b: ZADD z 2 b",
    "a<"),
  ClientScript(
    "another type", "a> BZPOPMIN z 0", "b: SET z x", "b: DEL z", "b: RPUSH z v", "b: DEL z", "b: ZADD z 1 a", "a<"),
  ClientScript(
    "lists and sorted sets", "a> BZPOPMIN k 0", "b> BLPOP k 0", "c: ZADD k 1 a", "a<", "c: RPUSH k x", "b<"),
  ClientScript("RENAME", "a> BZPOPMIN z 0", "b: ZADD y 1 a 2 b", "b: RENAME y z", "a<", "b: ZRANGE z 0 -1"),
  ClientScript("COPY", "a> BZPOPMAX z 0", "b: ZADD y 1 a 2 b", "b: COPY y z", "a<", "b: ZRANGE y 0 -1"),
  ClientScript(
    "stored results", "a> BZPOPMIN z 0", "b: ZADD y 1 a 2 b", "b: ZUNIONSTORE z 1 y", "a<", "a> BZPOPMAX x 0",
    "b: ZRANGESTORE x y 0 -1", "a<", "b: ZRANGE x 0 -1"),
  ClientScript(
    "SWAPDB", "a: SELECT 1", "a> BZPOPMIN z 0", "b: ZADD z 1 a 2 b", "b: SWAPDB 0 1", "a<", "a: ZRANGE z 0 -1"),
  ClientScript("a timeout", "a> BZPOPMIN z 0.02", "a<", "a> BZMPOP 0.02 1 z MIN", "a<", "b: ZADD z 1 a", "b: ZCARD z"),
  ClientScript(
    "CLIENT UNBLOCK", "a> BZPOPMIN z 0", "b: CLIENT UNBLOCK $a", "a<", "a> BZMPOP 0 1 z MIN",
    "b: CLIENT UNBLOCK $a ERROR", "a<", "b: ZADD z 1 a", "b: ZCARD z"),
]
