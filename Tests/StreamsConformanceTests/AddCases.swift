import ConformanceSupport

/// XADD, XDEL, XLEN and XSETID.
let addCases: [ConformanceCase] = [
  ConformanceCase("XADD", "XADD s 1-1 f v", "XADD s 1-2 f w", "XADD s 2 a b c d", "XLEN s", "XRANGE s - +", "TYPE s"),
  ConformanceCase("XADD makes an identifier", "XADD s 9999999999999-5 f v", "XADD s * f v", "XADD s * f v"),
  ConformanceCase("XADD of the present time", "XADD s * f v", comparing: .typeOnly)
    .journalingOtherwise("the identifier tells the time"),
  ConformanceCase(
    "XADD makes a sequence", "XADD s 5-* f v", "XADD s 5-* f v", "XADD s 4-* f v", "XADD s 7-* f v", "XADD t 0-* f v",
    "XADD t 0-* f v", "XADD u 1-18446744073709551615 f v", "XADD u 1-* f v", "XADD s x-* f v",
    "XADD s -* f v", "XADD s 9-** f v", "XADD s 1-2-* f v"),
  ConformanceCase(
    "XADD behind the last identifier", "XADD s 18446744073709551615-18446744073709551614 f v",
    "XADD s * f v", "XADD s * f v", "XADD s 18446744073709551615-18446744073709551615 f v", "XADD s 1-1 f v"),
  ConformanceCase("XADD of small identifiers", setup: ["XADD s 5-5 f v"], "XADD s 5-5 f v", "XADD s 5-4 f v",
    "XADD s 0-0 f v", "XADD t 0-0 f v", "XADD t 0 f v", "EXISTS t", "XADD t 0-1 f v"),
  ConformanceCase(
    "XADD of odd identifiers", "XADD s a f v", "XADD s 1-a f v", "XADD s - f v", "XADD s + f v", "XADD s \"\" f v",
    "XADD s -5 f v", "XADD s 1- f v", "XADD s 1--2 f v", "XADD s 18446744073709551616 f v", "XADD s \" 7-1\" f v",
    "XADD s 007-2 f v", "XADD s +8-1 f v", "XADD s 9-+1 f v", "XRANGE s - +",
    .init(["XADD", "s", String(repeating: "0", count: 127) + "1-1", "f", "v"])),
  ConformanceCase(
    "XADD of many fields", .init(["XADD", "s", "1-1"] + (0..<300).map { "word \($0)" }), "XRANGE s - +",
    "XADD s 2-1 \"\" \"\"", "XADD s 3-1 1 -1 18446744073709551615 1.5 f \"\\x00\\r\\n\"", "XRANGE s 2 +"),
  ConformanceCase(
    "XADD of fields that are much the same", "XADD s 1 a 1 b 2", "XADD s 2 a 3 b 4", "XADD s 3 b 5 a 6",
    "XADD s 4 a 7", "XADD s 5 a 8 b 9 c 10", "XADD s 6 a 11 b 12", "XRANGE s - +", "XREVRANGE s + -"),
  ConformanceCase(
    "XADD of a large value", .init(["XADD", "s", "1-1", "f", String(repeating: "x", count: 20000)]), "XADD s 2-1 f v",
    "XRANGE s - +", "XINFO STREAM s"),
  ConformanceCase("XADD NOMKSTREAM", "XADD s NOMKSTREAM * f v", "EXISTS s", "XADD s 1 f v", "XADD s nomkstream 2 f v"),
  ConformanceCase(
    "XADD errors", setup: ["SET string x"], "XADD", "XADD s", "XADD s * f", "XADD s * f v g", "XADD s 1-1 f v g",
    "XADD string * f v", "XADD s MAXLEN 5 * f", "XADD s MAXLEN x * f v", "XADD s MAXLEN -1 * f v",
    "XADD s MINID x * f v", "XADD s MAXLEN 1 MINID 1 * f v", "XADD s LIMIT 1 * f v", "XADD s MAXLEN 1 LIMIT 1 * f v",
    "XADD s MAXLEN ~ 1 LIMIT -1 * f v", "XADD s MAXLEN ~ 1 LIMIT x * f v", "XADD s LIMIT 0 1-1 f v", "XLEN s"),

  ConformanceCase(
    "XDEL", setup: ["XADD s 1 f v", "XADD s 2 f v", "XADD s 3 f v"], "XDEL s 2", "XDEL s 2", "XDEL s 1 3 4 1",
    "XLEN s", "EXISTS s", "XRANGE s - +", "XADD s 3 f v", "XADD s 4 f v", "XINFO STREAM s"),
  ConformanceCase(
    "XDEL errors", setup: ["SET string x", "XADD s 1 f v"], "XDEL", "XDEL s", "XDEL absent x", "XDEL s 1 x", "XLEN s",
    "XDEL string 1", "XDEL string x", "XDEL s -", "XDEL s +"),
  ConformanceCase("XLEN", setup: ["SET string x", "XADD s 1 f v"], "XLEN s", "XLEN absent", "XLEN string", "XLEN"),

  ConformanceCase(
    "XSETID", setup: ["XADD s 5 f v"], "XSETID s 10", "XADD s 9 f v", "XADD s 11 f v", "XSETID s 10", "XSETID s 11-0",
    "XSETID s 20 ENTRIESADDED 100", "XINFO STREAM s", "XSETID s 30 MAXDELETEDID 7 ENTRIESADDED 200", "XINFO STREAM s",
    "XSETID s 40 ENTRIESADDED 1", "XSETID s 6"),
  ConformanceCase(
    "XSETID errors", setup: ["SET string x", "XADD s 5 f v", "XADD s 6 f v"], "XSETID s", "XSETID s x", "XSETID s -",
    "XSETID absent 1", "XSETID string 1", "XSETID s 9 ENTRIESADDED", "XSETID s 9 FOO 1", "XSETID s 9 ENTRIESADDED x",
    "XSETID s 9 ENTRIESADDED -1", "XSETID s 9 MAXDELETEDID 10", "XSETID s 9 MAXDELETEDID x",
    "XSETID s 9 ENTRIESADDED 1",
    "XDEL s 6", "XSETID s 5-5", "XINFO STREAM s"),
  ConformanceCase(
    "Other commands on streams", setup: ["XADD s 1 f v", "XADD s 2 f 3", "XGROUP CREATE s g 1"], "OBJECT ENCODING s",
    "DEBUG DIGEST-VALUE s", "COPY s t", "DEBUG DIGEST-VALUE t", "XINFO STREAM t", "XINFO GROUPS t", "RENAME t u",
    "XLEN u", "GET s", "SORT s"),
  ConformanceCase(
    "SCAN of streams", setup: ["XADD s 1 f v", "XADD t 1 f v", "SET x y"], "SCAN 0 TYPE stream COUNT 100",
    comparing: .unorderedScan),
  ConformanceCase(
    "DEBUG RELOAD of streams",
    setup: [
      "XADD s 1 f v", "XADD s 2 f 3", "XADD s 3 g v h w", "XDEL s 1", "XGROUP CREATE s g 0 ENTRIESREAD 5",
      "XGROUP CREATECONSUMER s g idle", "XREADGROUP GROUP g c STREAMS s >", "XADD e MAXLEN 0 9 f v",
      "XGROUP CREATE e h $",
    ], "DEBUG RELOAD", "XRANGE s - +", "XINFO GROUPS s", "XPENDING s g", "XINFO STREAM s", "XINFO STREAM e",
    "XINFO GROUPS e", "XREADGROUP GROUP g c STREAMS s 0", "DEBUG DIGEST-VALUE s")
    .journalingOtherwise("groups' counts of read entries are journaled"),
]
