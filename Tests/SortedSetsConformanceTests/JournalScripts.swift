import ConformanceSupport

/// What clients do, and the commands that are in the append-only file then.
struct JournalScript: Sendable, CustomStringConvertible {
  var script: ClientScript
  var journal: [String]

  init(_ script: ClientScript, journal: [String]) {
    self.script = script
    self.journal = journal
  }

  var description: String { script.name }
}

let journalScripts: [JournalScript] = [
  JournalScript(
    ClientScript("BZPOPMIN", "a> BZPOPMIN x z 0", "b: ZADD z 1 a 2 b", "a<"), journal: ["ZADD z 1 a 2 b", "ZPOPMIN z"]),
  JournalScript(
    ClientScript("BZPOPMAX", "a> BZPOPMAX z 0", "b: ZADD z 1 a", "a<"), journal: ["ZADD z 1 a", "ZPOPMAX z"]),
  JournalScript(
    ClientScript("BZMPOP", "a> BZMPOP 0 2 x z MIN COUNT 10", "b: ZADD z 1 a 2 b 3 c", "a<"),
    journal: ["ZADD z 1 a 2 b 3 c", "ZPOPMIN z 3"]),
  JournalScript(
    ClientScript(
      "at once", "b: ZADD z 1 a 2 b 3 c 4 d 5 e 6 f 7 g", "b: BZPOPMIN z 0", "b: BZPOPMAX z 0",
      "b: BZMPOP 0 1 z MAX COUNT 2", "b: ZMPOP 1 z MIN", "b: ZPOPMIN z 1", "b: zpopmax z"),
    journal: [
      "ZADD z 1 a 2 b 3 c 4 d 5 e 6 f 7 g", "ZPOPMIN z", "ZPOPMAX z", "ZPOPMAX z 2", "ZPOPMIN z 1", "ZPOPMIN z 1",
      "zpopmax z",
    ]),
  JournalScript(
    ClientScript("increments", "a: ZADD z INCR 0.1 a", "a: ZINCRBY z 0.2 a", "a: ZINCRBY z 0 a",
    "a: ZADD z GT INCR -1 a"),
    journal: ["ZADD z INCR 0.1 a", "ZINCRBY z 0.2 a"]),
  JournalScript(
    ClientScript(
      "what changes nothing", "a: ZADD z 1 a", "a: ZADD z 1 a", "a: ZADD z NX 2 a", "a: ZADD y XX 1 a", "a: ZREM z b",
      "a: ZREMRANGEBYRANK z 5 9", "a: ZPOPMIN z 0", "a: ZUNIONSTORE y 1 x", "a: ZRANGESTORE y x 0 -1",
      "a: ZMPOP 1 y MIN"),
    journal: ["ZADD z 1 a"]),
  JournalScript(
    ClientScript(
      "results that are stored", "a: ZADD z 1 a 2 b", "a: ZUNIONSTORE y 1 z", "a: ZRANGESTORE x z 0 0",
      "a: ZINTERSTORE y 2 z absent", "a: ZDIFFSTORE w 1 z", "a: ZREMRANGEBYSCORE w -inf inf"),
    journal: [
      "ZADD z 1 a 2 b", "ZUNIONSTORE y 1 z", "ZRANGESTORE x z 0 0", "ZINTERSTORE y 2 z absent", "ZDIFFSTORE w 1 z",
      "ZREMRANGEBYSCORE w -inf inf",
    ]),
  JournalScript(
    ClientScript("after EXEC", "a> BZPOPMIN z 0", "b: MULTI", "b: ZADD z 2 a", "b: ZADD z 1 b", "b: EXEC", "a<"),
    journal: ["MULTI", "ZADD z 2 a", "ZADD z 1 b", "EXEC", "ZPOPMIN z"]),
  JournalScript(
    ClientScript("nothing", "a> BZPOPMIN z 0.01", "a<", "b: BZMPOP 0.01 1 z MIN", "b: BZPOPMAX z 0.01"), journal: []),
]
