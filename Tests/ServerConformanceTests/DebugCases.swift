import ConformanceSupport

/// DEBUG.
let debugCases: [ConformanceCase] = [
  ConformanceCase(
    "DEBUG errors", "DEBUG", "DEBUG FOO", "DEBUG SLEEP", "DEBUG STRINGMATCH-LEN a b", "DEBUG OBJECT",
    "DEBUG OBJECT absent"),
  ConformanceCase(
    "DEBUG HELP", "DEBUG HELP",
    comparing: .deviation(reason: "names what has an effect here") { reply in
      let lines = (reply.value.elements ?? []).compactMap(\.text)
      return lines.contains { $0.hasPrefix("RESTART ") } && !lines.contains { $0.hasPrefix("MALLCTL") }
    }),
  ConformanceCase("DEBUG HELP errors", "DEBUG HELP a"),
  ConformanceCase("DEBUG RESTART errors", "DEBUG RESTART a", "DEBUG CRASH-AND-RECOVER \"\""),
  ConformanceCase(
    "DEBUG DIGEST", "DEBUG DIGEST", "SET a 1", "DEBUG DIGEST", "SET b text EX 10000", "DEBUG DIGEST", "SELECT 2",
    "SET a 1", "DEBUG DIGEST", "DEBUG DIGEST a"),
  ConformanceCase(
    "DEBUG DIGEST-VALUE", setup: ["SET a 1", "SET b text EX 10000"], "DEBUG DIGEST-VALUE a b absent",
    "DEBUG DIGEST-VALUE"),
  ConformanceCase(
    "DEBUG PROTOCOL", "DEBUG PROTOCOL string", "DEBUG PROTOCOL integer", "DEBUG PROTOCOL double",
    "DEBUG PROTOCOL bignum", "DEBUG PROTOCOL null", "DEBUG PROTOCOL array", "DEBUG PROTOCOL set", "DEBUG PROTOCOL map",
    "DEBUG PROTOCOL verbatim", "DEBUG PROTOCOL true", "DEBUG PROTOCOL false", "DEBUG PROTOCOL foo", "DEBUG PROTOCOL"),
  ConformanceCase("DEBUG ERROR", "DEBUG ERROR \"CODE text\"", "DEBUG ERROR \"a\\nb\"",
    "DEBUG ERROR \"CODE \\xff\\x00b\"", "DEBUG ERROR"),
  ConformanceCase(
    "DEBUG POPULATE", "DEBUG POPULATE 5", "DBSIZE", "GET key:4", "DEBUG POPULATE 3 other", "GET other:0",
    "DEBUG POPULATE 2 long 20", "STRLEN long:1", "DEBUG POPULATE 2 short 3", "GET short:0", "DEBUG POPULATE",
    "DEBUG POPULATE a", "DEBUG POPULATE -1"),
  ConformanceCase(
    "DEBUG switches", "DEBUG SET-ACTIVE-EXPIRE 0", "DEBUG SET-ACTIVE-EXPIRE 1", "DEBUG PAUSE-CRON 0",
    "DEBUG CHANGE-REPL-ID", "DEBUG SET-SKIP-CHECKSUM-VALIDATION 1", "DEBUG SLEEP 0", "DEBUG LOG message",
    "DEBUG REPLYBUFFER PEAK-RESET-TIME never", "DEBUG REPLYBUFFER RESIZING 1", "DEBUG REPLYBUFFER foo bar",
    "DEBUG QUICKLIST-PACKED-THRESHOLD 100b", "DEBUG QUICKLIST-PACKED-THRESHOLD 5gb",
    "DEBUG QUICKLIST-PACKED-THRESHOLD foo", "DEBUG STRINGMATCH-TEST", "DEBUG CLIENT-EVICTION",
    "DEBUG AOF-FLUSH-SLEEP 0", "DEBUG AOF-FLUSH-SLEEP a"),
  ConformanceCase(
    "DEBUG OBJECT and HTSTATS", setup: ["SET a text"], "DEBUG OBJECT a", "DEBUG SDSLEN a", "DEBUG HTSTATS 0",
    comparing: .typeOnly),
  ConformanceCase(
    "DEBUG HTSTATS errors", setup: ["SET a text"], "DEBUG HTSTATS a", "DEBUG HTSTATS 16", "DEBUG HTSTATS-KEY absent",
    "DEBUG HTSTATS-KEY a", "DEBUG SDSLEN absent", "DEBUG LISTPACK a", "DEBUG QUICKLIST a", "DEBUG LISTPACK absent"),
  ConformanceCase("DEBUG RELOAD errors", "DEBUG RELOAD FOO"),
]
