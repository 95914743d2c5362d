import ConformanceSupport

/// Who is served, in which order, with what.
let blockingScripts: [ClientScript] = [
  ClientScript("BLPOP", "a> BLPOP l 0", "b: LPUSH l x y", "a<", "b: LRANGE l 0 -1", "a: PING"),
  ClientScript("BRPOP", "a> BRPOP l 0", "b: RPUSH l x y", "a<", "b: LRANGE l 0 -1"),
  ClientScript(
    "first come, first served", "a> BLPOP l 0", "b> BRPOP l 0", "c> BLPOP l 0", "d: RPUSH l 1 2", "a<", "b<",
    "d: EXISTS l", "d: RPUSH l 3", "c<"),
  ClientScript("several keys", "a> BLPOP x y z 0", "b: LPUSH z 1", "a<", "b: LPUSH x 2", "b: LLEN x"),
  ClientScript(
    "the key that was ready first", "a> BLPOP x y 0", "b: MULTI", "b: LPUSH y 1", "b: LPUSH x 2", "b: EXEC", "a<",
    "b: LRANGE x 0 -1", "b: LRANGE y 0 -1"),
  ClientScript(
    "the same key twice", "a> BLPOP l l 0", "b: LPUSH l 1 2", "a<", "b: LPOP l", "a> BLPOP m l m 0",
    "b: DEL l", "b: RPUSH m 3", "a<"),
  ClientScript(
    "one client on several lists", "a> BLPOP x y 0", "b> BLPOP y 0", "c: RPUSH y 1 2", "a<", "b<", "c: EXISTS y"),
  ClientScript(
    "served between two commands of a pipeline", "a> BLPOP l 0", "b~ LPUSH l x", "b~ LPOP l", "b<", "b<", "a<"),
  ClientScript(
    "a pipeline behind the blocked command", "a> BLPOP l 0", "a~ SET k v", "a~ GET k", "b: GET k", "b: LPUSH l x", "a<",
    "a<", "a<"),
  ClientScript(
    "blocks, is served, and blocks again", "a> BLPOP l 0", "a~ BLPOP l 0", "b: LPUSH l x", "a<", "wait 20",
    "b: LPUSH l y", "a<"),
  ClientScript(
    "after EXEC", "a> BLPOP l 0", "b: MULTI", "b: LPUSH l 1", "b: LPUSH l 2", "b: LRANGE l 0 -1", "b: EXEC", "a<",
    "b: LRANGE l 0 -1"),
  ClientScript(
    "nothing left after EXEC", "a> BLPOP l 0", "b: MULTI", "b: LPUSH l 1", "b: DEL l", "b: EXEC", "b: LPUSH l 2", "a<"),
  ClientScript(
    "another type", "a> BLPOP l 0", "b: SET l x", "b: DEL l", "b: HSET l f v", "b: DEL l", "b: RPUSH l x", "a<"),
  ClientScript(
    "another type after EXEC", "a> BLPOP l 0", "b: MULTI", "b: LPUSH l x", "b: DEL l", "b: SET l y", "b: EXEC",
    "b: GET l",
    "b: DEL l", "b: RPUSH l z", "a<"),
  ClientScript(
    "expired at once", "a> BLPOP l 0", "b: MULTI", "b: LPUSH l x", "b: PEXPIRE l -1", "b: EXEC", "b: LPUSH l y", "a<"),
  ClientScript("RENAME", "a> BLPOP l 0", "b: RPUSH m 1 2", "b: RENAME m l", "a<", "b: LRANGE l 0 -1"),
  ClientScript(
    "RENAME over another type", "a> BLPOP l 0", "b: SET l x", "b: RPUSH m 1", "b: RENAME m l", "a<", "b: EXISTS l"),
  ClientScript("RENAMENX", "a> BLPOP l 0", "b: RPUSH m 1 2", "b: RENAMENX m l", "a<"),
  ClientScript("COPY", "a> BLPOP l 0", "b: RPUSH m 1 2", "b: COPY m l", "a<", "b: LRANGE m 0 -1"),
  ClientScript(
    "COPY to another database", "a: SELECT 1", "a> BLPOP l 0", "b: RPUSH l 1", "b: COPY l l DB 1", "a<", "b: LLEN l"),
  ClientScript("MOVE", "a: SELECT 1", "a> BLPOP l 0", "b: RPUSH l 1", "b: MOVE l 1", "a<", "b: EXISTS l"),
  ClientScript("SWAPDB", "a: SELECT 1", "a> BLPOP l 0", "b: RPUSH l 1 2", "b: SWAPDB 0 1", "a<", "a: LRANGE l 0 -1"),
  ClientScript(
    "SWAPDB to another type", "a: SELECT 1", "a> BLPOP l 0", "b: SET l 1", "b: SWAPDB 0 1", "b: SWAPDB 0 1", "b: DEL l",
    "a~ PING", "b: SELECT 1", "b: LPUSH l x", "a<", "a<"),
  ClientScript(
    "databases are kept apart", "a: SELECT 1", "a> BLPOP l 0", "b: LPUSH l 0", "b: SELECT 1", "b: LPUSH l 1", "a<"),

  ClientScript(
    "BLMOVE", "a> BLMOVE s d LEFT RIGHT 0", "b: RPUSH d 0", "b: RPUSH s 1 2", "a<", "b: LRANGE s 0 -1",
    "b: LRANGE d 0 -1"),
  ClientScript("BRPOPLPUSH", "a> BRPOPLPUSH s d 0", "b: RPUSH s 1 2", "a<", "b: LRANGE s 0 -1", "b: LRANGE d 0 -1"),
  ClientScript("BLMOVE to itself", "a> BLMOVE l l LEFT RIGHT 0", "b: RPUSH l 1 2 3", "a<", "b: LRANGE l 0 -1"),
  ClientScript(
    "BLMOVE into another type", "b: SET d x", "a> BLMOVE s d LEFT RIGHT 0", "c> BLPOP s 0", "b: RPUSH s 1 2", "a<",
    "c<",
    "b: LRANGE s 0 -1", "b: GET d"),
  ClientScript(
    "a chain of BLMOVE", "a> BLMOVE x y LEFT RIGHT 0", "b> BLMOVE y z LEFT RIGHT 0", "c> BLPOP z 0", "d: RPUSH x 1",
    "a<", "b<", "c<",
    "d: EXISTS x y z"),
  ClientScript(
    "a circle of BRPOPLPUSH", "a> BRPOPLPUSH x y 0", "b> BRPOPLPUSH y x 0", "c: LPUSH x 1", "a<", "b<",
    "c: LRANGE x 0 -1",
    "c: LRANGE y 0 -1"),
  ClientScript(
    "BLMOVE serves another by its push", "a> BLPOP d 0", "b> BLMOVE s d RIGHT LEFT 0", "c: RPUSH s 1 2", "b<", "a<",
    "c: LRANGE s 0 -1"),

  ClientScript("BLMPOP", "a> BLMPOP 0 2 x y LEFT COUNT 2", "b: RPUSH y 1 2 3", "a<", "b: LRANGE y 0 -1"),
  ClientScript("BLMPOP from the right", "a> BLMPOP 0 1 x RIGHT COUNT 10", "b: RPUSH x 1 2 3", "a<", "b: EXISTS x"),
  ClientScript("BLMPOP without a count", "a> BLMPOP 0 1 x RIGHT", "b: RPUSH x 1 2 3", "a<", "b: LLEN x"),
  ClientScript(
    "mixed company", "a> BLMPOP 0 1 l LEFT COUNT 2", "b> BLPOP l 0", "c> BRPOPLPUSH l m 0", "d: RPUSH l 1 2 3 4 5",
    "a<", "b<", "c<",
    "d: LRANGE l 0 -1", "d: LRANGE m 0 -1"),

  ClientScript(
    "timeouts", "a> BLPOP l 0.3", "a<", "a> BLMOVE l m LEFT LEFT 0.3", "a<", "a> BRPOPLPUSH l m 0.3", "a<",
    "a> BLMPOP 0.3 1 l LEFT",
    "a<", "a> BRPOP l m 0.3", "a<", "b: LPUSH l x", "b: LLEN l"),
  ClientScript(
    "a timeout does not take the others' turn", "a> BLPOP l 0.3", "b> BLPOP l 0", "a<", "c: LPUSH l 1 2", "b<",
    "c: LRANGE l 0 -1"),
  ClientScript(
    "CLIENT UNBLOCK", "a> BLPOP l 0", "b: CLIENT UNBLOCK $a", "a<", "a> BLPOP l 0", "b: CLIENT UNBLOCK $a TIMEOUT",
    "a<",
    "a> BLPOP l 0", "b: CLIENT UNBLOCK $a ERROR", "a<", "b: CLIENT UNBLOCK $a", "a> BLMOVE l m LEFT LEFT 0",
    "b: CLIENT UNBLOCK $a",
    "a<", "a: PING"),
  ClientScript(
    "a disconnected client gets nothing", "a> BLPOP l 0", "b> BLPOP l 0", "a!", "c: LPUSH l x", "b<", "c: EXISTS l"),
  ClientScript(
    "a killed client gets nothing", "a> BLPOP l 0", "b> BLPOP l 0", "kill a", "c: LPUSH l x", "b<", "c: EXISTS l"),
  ClientScript(
    "CLIENT PAUSE", "a> BLPOP l 0", "b: CLIENT PAUSE 100000 WRITE", "c> LPUSH l x", "b: EXISTS l", "b: CLIENT UNPAUSE",
    "c<", "a<"),
  ClientScript(
    "CLIENT PAUSE ALL", "a> BLPOP l 0", "b: CLIENT PAUSE 60 ALL", "c~ LPUSH l x", "c<", "a<", "c: EXISTS l"),
  ClientScript(
    "CLIENT PAUSE holds back what would block", "b: CLIENT PAUSE 100000 WRITE", "a> BLPOP l 0", "c> LPUSH l x y",
    "b: CLIENT UNPAUSE", "a<", "c<", "b: LRANGE l 0 -1"),
  ClientScript(
    "MULTI of a client whose list is waited for", "a> BLPOP x y 0", "b> BRPOP y x 0", "c: MULTI", "c: RPUSH x 1 2",
    "c: BLPOP x 0", "c: RPUSH y 3", "c: EXEC", "a<", "b<", "c: EXISTS x y"),
  ClientScript(
    "SWAPDB back and forth", "a: SELECT 1", "a> BLPOP l 0", "b: RPUSH m 1", "b: SWAPDB 0 1", "b: RPUSH l 2",
    "b: SWAPDB 0 1", "a<", "b: EXISTS l m"),
  ClientScript(
    "COPY REPLACE of another type", "a> BLPOP l 0", "b: SET l x", "b: RPUSH m 1", "b: COPY m l REPLACE", "a<",
    "b: EXISTS l m"),
  ClientScript(
    "many keys and many clients", "a> BLPOP x y z x 0", "b> BLPOP z y x 0", "c> BRPOP y 0", "d: RPUSH z 1",
    "d: RPUSH y 2 3", "a<", "b<", "c<", "d: DBSIZE"),
  ClientScript(
    "CLIENT UNPAUSE", "b: CLIENT PAUSE 100000 WRITE", "a> BLPOP l 0", "c> LPUSH l x", "b: CLIENT UNPAUSE", "c<", "a<"),
  ClientScript(
    "a paused client that leaves", "b: CLIENT PAUSE 100000 WRITE", "a> SET k v", "c> SET k w", "a!",
    "b: CLIENT UNPAUSE", "c<", "b: GET k"),
  ClientScript(
    "CLIENT REPLY OFF", "a~ CLIENT REPLY OFF", "a> BLPOP l 0", "b: LPUSH l x", "a~ CLIENT REPLY ON", "a<", "b: EXISTS l"
  ),
  ClientScript("CLIENT REPLY SKIP", "a~ CLIENT REPLY SKIP", "a> BLPOP l 0", "b: LPUSH l x", "a: PING", "b: EXISTS l"),
  ClientScript("WATCH", "a> BLPOP l 0", "b: WATCH l", "c: LPUSH l x", "a<", "b: MULTI", "b: PING", "b: EXEC"),
  ClientScript(
    "LPUSHX and LINSERT make nothing", "a> BLPOP l 0",
    "b: LPUSHX l x", "b: LINSERT l BEFORE a b", "b: RPUSH l y", "a<"),
  ClientScript("FLUSHALL wakes nobody", "a> BLPOP l 0", "b: FLUSHALL", "b: LPUSH l x", "a<"),
  ClientScript(
    "what commands count", "a: CONFIG RESETSTAT", "a> BLPOP l 0", "b: LPUSH l x", "a<", "a> BLPOP l 0",
    "b: CLIENT UNBLOCK $a ERROR",
    "a<", "b: INFO errorstats"),
]
