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
    ClientScript("BLPOP", "a> BLPOP x l 0", "b: RPUSH l 1 2", "a<"), journal: ["RPUSH l 1 2", "LPOP l"]),
  JournalScript(ClientScript("BRPOP", "a> BRPOP l 0", "b: LPUSH l 1", "a<"), journal: ["LPUSH l 1", "RPOP l"]),
  JournalScript(
    ClientScript("BLMOVE", "a> BLMOVE s d LEFT RIGHT 0", "b: RPUSH s 1 2", "a<"),
    journal: ["RPUSH s 1 2", "LMOVE s d left right"]),
  JournalScript(
    ClientScript("BRPOPLPUSH", "a> BRPOPLPUSH s d 0", "b: RPUSH s 1 2", "a<"),
    journal: ["RPUSH s 1 2", "RPOPLPUSH s d"]),
  JournalScript(
    ClientScript("BLMPOP", "a> BLMPOP 0 2 x l LEFT COUNT 10", "b: RPUSH l 1 2 3", "a<"),
    journal: ["RPUSH l 1 2 3", "LPOP l 3"]),
  JournalScript(
    ClientScript("at once", "b: RPUSH l 1 2 3 4 5 6 7", "b: BLPOP l 0", "b: BRPOP l 0", "b: BLMOVE l m LEFT LEFT 0",
      "b: BRPOPLPUSH l m 0", "b: BLMPOP 0 1 l RIGHT COUNT 2", "b: LMPOP 1 l LEFT"),
    journal: ["RPUSH l 1 2 3 4 5 6 7", "LPOP l", "RPOP l", "LMOVE l m LEFT LEFT", "RPOPLPUSH l m", "RPOP l 2",
      "LPOP l 1"]),
  JournalScript(
    ClientScript("after EXEC", "a> BLPOP l 0", "b: MULTI", "b: RPUSH l 1", "b: RPUSH l 2", "b: EXEC", "a<"),
    journal: ["MULTI", "RPUSH l 1", "RPUSH l 2", "EXEC", "LPOP l"]),
  JournalScript(
    ClientScript("inside MULTI", "b: MULTI", "b: RPUSH l 1 2", "b: BLPOP l 0", "b: BLMOVE l m LEFT LEFT 0",
      "b: BLPOP l 0", "b: EXEC"),
    journal: ["MULTI", "RPUSH l 1 2", "LPOP l", "LMOVE l m LEFT LEFT", "EXEC"]),
  JournalScript(
    ClientScript("two clients", "a> BLPOP l 0", "b> BLMOVE l m LEFT RIGHT 0", "c: RPUSH l 1 2", "a<", "b<"),
    journal: ["RPUSH l 1 2", "LPOP l", "LMOVE l m left right"]),
  JournalScript(
    ClientScript("words as they were spelled", "b: rpush l 1 2 3 4", "b: blmove l m Left rIGHT 0",
      "b: lmove l m Left rIGHT", "b: blpop l 0", "b: brpoplpush l m 0"),
    journal: ["rpush l 1 2 3 4", "LMOVE l m Left rIGHT", "lmove l m Left rIGHT", "LPOP l", "RPOPLPUSH l m"]),
  JournalScript(
    ClientScript("in another database", "a: SELECT 1", "a> BLPOP l 0", "b: RPUSH l 1", "b: MOVE l 1", "a<"),
    journal: ["RPUSH l 1", "MOVE l 1", "SELECT 1", "LPOP l"]),
  JournalScript(
    ClientScript("nothing", "a> BLPOP l 0.01", "a<", "b: BLMPOP 0.01 1 l LEFT", "b: BRPOPLPUSH l m 0.01"), journal: []),
]
