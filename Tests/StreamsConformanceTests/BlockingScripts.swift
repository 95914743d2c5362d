import ConformanceSupport

/// Who is served, in which order, with what, and who is told that there is nothing to wait for any more.
let blockingScripts: [ClientScript] = [
  ClientScript("XREAD", "a> XREAD BLOCK 0 STREAMS s $", "b: XADD s 1 f v", "a<", "a: PING"),
  ClientScript(
    "XREAD of what came already", "b: XADD s 1 f v", "a: XREAD BLOCK 0 STREAMS s 0", "a> XREAD BLOCK 0 STREAMS s 1",
    "b: XADD s 2 f v", "a<"),
  ClientScript(
    "$ is the last one when the wait begins", "b: XADD s 1 f v", "a> XREAD BLOCK 0 STREAMS s t $ $", "b: XADD s 5 f v",
    "a<", "a> XREAD BLOCK 0 STREAMS s t $ $", "b: XADD t 1 g w", "a<"),
  ClientScript(
    "Everyone gets it", "a> XREAD BLOCK 0 STREAMS s $", "b> XREAD BLOCK 0 STREAMS s $", "c> XREAD BLOCK 0 STREAMS s 5",
    "d: XADD s 2 f v", "a<", "b<", "d: XADD s 6 f v", "c<"),
  ClientScript(
    "Several streams", "a> XREAD BLOCK 0 STREAMS x y z 0 0 0", "b: XADD z 1 f v", "a<",
    "a> XREAD BLOCK 0 COUNT 1 STREAMS x y z 0 0 $", "b: MULTI", "b: XADD y 1 f v", "b: XADD y 2 f v", "b: XADD x 1 f v",
    "b: EXEC", "a<"),
  ClientScript("Time over", "a: XREAD BLOCK 10 STREAMS s $", "a: XREAD BLOCK 10 STREAMS absent 0"),
  ClientScript(
    "Inside MULTI", "a: MULTI", "a: XREAD BLOCK 0 STREAMS s $", "a: XGROUP CREATE s g $ MKSTREAM",
    "a: XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "a: EXEC"),
  ClientScript(
    "After EXEC", "a> XREAD BLOCK 0 STREAMS s $", "b: MULTI", "b: XADD s 1 f v", "b: XADD s 2 f v", "b: EXEC", "a<"),
  ClientScript(
    "Nothing left after EXEC", "a> XREAD BLOCK 0 STREAMS s $", "b: MULTI", "b: XADD s 1 f v", "b: DEL s", "b: EXEC",
    "b: XADD s 2 f v", "a<"),
  ClientScript(
    "Another type", "a> XREAD BLOCK 0 STREAMS s $", "b: SET s x", "b: DEL s", "b: RPUSH s x", "b: DEL s",
    "b: XADD s 1 f v", "a<"),
  ClientScript("An empty stream", "a> XREAD BLOCK 0 STREAMS s $", "b: XADD s MAXLEN 0 1 f v", "b: XADD s 2 f v", "a<"),
  ClientScript(
    "RENAME, COPY, MOVE", "b: XADD t 1 f v", "a> XREAD BLOCK 0 STREAMS s 0", "b: RENAME t s", "a<",
    "a> XREAD BLOCK 0 STREAMS u 0", "b: COPY s u", "a<", "a: SELECT 1", "a> XREAD BLOCK 0 STREAMS u 0", "b: MOVE u 1",
    "a<"),
  ClientScript("CLIENT UNBLOCK", "a> XREAD BLOCK 0 STREAMS s $", "b: CLIENT UNBLOCK $a", "a<",
    "a> XREAD BLOCK 0 STREAMS s $", "b: CLIENT UNBLOCK $a ERROR", "a<"),

  ClientScript(
    "XREADGROUP", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: XADD s 1 f v",
    "a<", "b: XPENDING s g", "a: XREADGROUP GROUP g c BLOCK 0 STREAMS s 0"),
  ClientScript(
    "First come, first served", "d: XGROUP CREATE s g $ MKSTREAM",
    "a> XREADGROUP GROUP g x BLOCK 0 COUNT 1 STREAMS s >",
    "b> XREADGROUP GROUP g y BLOCK 0 COUNT 1 STREAMS s >", "c> XREADGROUP GROUP g x BLOCK 0 STREAMS s >", "d: MULTI",
    "d: XADD s 1 f v", "d: XADD s 2 f v", "d: XADD s 3 f v", "d: XADD s 4 f v", "d: EXEC", "a<", "b<", "c<",
    "d: XPENDING s g"),
  ClientScript(
    "Two groups", "d: XGROUP CREATE s g $ MKSTREAM", "d: XGROUP CREATE s h $",
    "a> XREADGROUP GROUP g x BLOCK 0 STREAMS s >",
    "b> XREADGROUP GROUP h y BLOCK 0 NOACK STREAMS s >", "d: XADD s 1 f v", "a<", "b<", "d: XPENDING s g",
    "d: XPENDING s h", "d: XINFO GROUPS s"),
  ClientScript(
    "Several streams of a group", "b: XGROUP CREATE s g $ MKSTREAM", "b: XGROUP CREATE t g $ MKSTREAM",
    "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s t > >", "b: XADD t 1 f v", "a<", "b: XADD s 1 f v",
    "a: XREADGROUP GROUP g c BLOCK 0 STREAMS s t > >"),
  ClientScript(
    "DEL", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >",
    "c> XREAD BLOCK 0 STREAMS s $", "b: DEL s", "a<", "b: XADD s 1 f v", "c<"),
  ClientScript(
    "UNLINK", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: UNLINK s", "a<"),
  ClientScript(
    "SET over it", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: SET s x",
    "a<"),
  ClientScript(
    "RENAME away", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: RENAME s t",
    "a<"),
  ClientScript(
    "RENAME over it", "b: XGROUP CREATE s g $ MKSTREAM", "b: XADD t 1 f v",
    "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: RENAME t s", "a<"),
  ClientScript(
    "FLUSHALL", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: FLUSHALL", "a<"),
  ClientScript(
    "FLUSHDB", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: FLUSHDB", "a<"),
  ClientScript(
    "SWAPDB", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: SWAPDB 0 1", "a<"),
  ClientScript(
    "Expired", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: PEXPIRE s 20",
    "wait 200", "b: EXISTS s", "a<"),
  ClientScript(
    "XGROUP DESTROY", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >",
    "c> XREAD BLOCK 0 STREAMS s $", "b: XGROUP DESTROY s g", "a<", "b: XADD s 1 f v", "c<"),
  ClientScript(
    "Replaced in EXEC", "b: XGROUP CREATE s g $ MKSTREAM", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: MULTI",
    "b: DEL s", "b: XGROUP CREATE s g $ MKSTREAM", "b: EXEC", "b: XADD s 1 f v", "a<"),
  ClientScript(
    "XGROUP SETID back", "b: XADD s 1 f v", "b: XGROUP CREATE s g $", "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >",
    "b: XGROUP SETID s g 0", "b: XADD s 2 f v", "a<"),
  ClientScript(
    "What others do of the group", "b: XADD s 1 f v", "b: XGROUP CREATE s g 0", "b: XREADGROUP GROUP g b STREAMS s >",
    "a> XREADGROUP GROUP g c BLOCK 0 STREAMS s >", "b: XACK s g 1", "b: XCLAIM s g b 0 1 FORCE JUSTID",
    "b: XDEL s 1", "b: XTRIM s MAXLEN 0", "b: XADD s 2 f v", "a<"),
]
