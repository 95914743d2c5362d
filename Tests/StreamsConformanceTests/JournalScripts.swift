import ConformanceSupport

/// What clients do, and the commands that are in the append-only file then.
struct JournalScript: Sendable, CustomStringConvertible {
  var script: ClientScript
  var journal: [String]
  /// Redis 7.0 journals less, so that a replay gives another data set.
  var isDeviation = false

  init(_ script: ClientScript, journal: [String], isDeviation: Bool = false) {
    self.script = script
    self.journal = journal
    self.isDeviation = isDeviation
  }

  var description: String { script.name }
}

let journalScripts: [JournalScript] = [
  JournalScript(
    ClientScript(
      "XADD", "a: XADD s 1-1 f v", "a: XADD s 2-* f v", "a: XADD s 3 f v", "a: XADD s MAXLEN 2 4 f v",
      "a: XADD s NOMKSTREAM MAXLEN ~ 1 LIMIT 7 5-* f v", "a: XADD s MINID ~ 4 6 f v", "a: XADD t NOMKSTREAM * f v"),
    journal: [
      "XADD s 1-1 f v", "XADD s 2-0 f v", "XADD s 3 f v", "XADD s MAXLEN 2 4 f v",
      "XADD s NOMKSTREAM MAXLEN = 3 LIMIT 7 5-0 f v", "XADD s MINID = 1-1 6 f v",
    ]),
  JournalScript(
    ClientScript(
      "XTRIM", "a: CONFIG SET stream-node-max-entries 2", "a: XADD s 1 f v", "a: XADD s 2 f v", "a: XADD s 3 f v",
      "a: XADD s 4 f v", "a: XTRIM s MAXLEN ~ 1", "a: XTRIM s MAXLEN ~ 1", "a: XTRIM s MINID 3-5",
      "a: XTRIM s MINID ~ 9"),
    journal: [
      "XADD s 1 f v", "XADD s 2 f v", "XADD s 3 f v", "XADD s 4 f v", "XTRIM s MAXLEN = 2", "XTRIM s MINID 3-5",
      "XTRIM s MINID = 18446744073709551615-18446744073709551615",
    ]),
  JournalScript(
    ClientScript(
      "What changes nothing", "a: XADD s 1 f v", "a: XDEL s 5", "a: XTRIM s MAXLEN 5", "a: XGROUP CREATE s g $",
      "a: XREADGROUP GROUP g c STREAMS s >", "a: XACK s g 1", "a: XAUTOCLAIM s g c 0 0", "a: XCLAIM s g c 0 1",
      "a: XGROUP DELCONSUMER s g c", "a: XGROUP DESTROY s x", "a: XREADGROUP GROUP g c BLOCK 1 STREAMS s >"),
    journal: ["XADD s 1 f v", "XGROUP CREATE s g $"]),
  JournalScript(
    ClientScript(
      "Groups", "a: XADD s 1 f v", "a: XGROUP CREATE s g 0", "a: XGROUP CREATECONSUMER s g c", "a: XGROUP SETID s g 1",
      "a: XGROUP DELCONSUMER s g c", "a: XGROUP DESTROY s g", "a: XDEL s 1", "a: XSETID s 5"),
    journal: [
      "XADD s 1 f v", "XGROUP CREATE s g 0", "XGROUP CREATECONSUMER s g c", "XGROUP SETID s g 1",
      "XGROUP DELCONSUMER s g c", "XGROUP DESTROY s g", "XDEL s 1", "XSETID s 5",
    ]),
  JournalScript(
    ClientScript(
      "XREADGROUP NOACK", "a: XADD s 1 f v", "a: XGROUP CREATE s g 0", "a: XREADGROUP GROUP g c NOACK STREAMS s >"),
    journal: [
      "XADD s 1 f v", "XGROUP CREATE s g 0", "MULTI", "XGROUP CREATECONSUMER s g c",
      "XGROUP SETID s g 1-0 ENTRIESREAD 1",
      "EXEC",
    ]),
  JournalScript(
    ClientScript(
      "XCLAIM", "a: XADD s 1 f v", "a: XGROUP CREATE s g 0", "a: XCLAIM s g c 0 1 FORCE TIME 1000 RETRYCOUNT 3",
      "a: XCLAIM s g d 0 1 TIME 2000 JUSTID LASTID 4", "a: XCLAIM s g d 100000 7 LASTID 9"),
    journal: [
      "XADD s 1 f v", "XGROUP CREATE s g 0",
      "XCLAIM s g c 0 1-0 TIME 1000 RETRYCOUNT 3 FORCE JUSTID LASTID 0-0",
      "XCLAIM s g d 0 1-0 TIME 2000 RETRYCOUNT 3 FORCE JUSTID LASTID 4-0", "XGROUP SETID s g 9-0 ENTRIESREAD -1",
    ], isDeviation: true),
  JournalScript(
    ClientScript(
      "A consumer that only looks", "a: XGROUP CREATE s g $ MKSTREAM", "a: XREADGROUP GROUP g c STREAMS s 0"),
    journal: ["XGROUP CREATE s g $ MKSTREAM", "XGROUP CREATECONSUMER s g c"], isDeviation: true),
]
