import ConformanceSupport

/// PFDEBUG, PFSELFTEST, and strings that only look like HyperLogLogs.
let formatCases: [ConformanceCase] = [
  ConformanceCase(
    "PFDEBUG DECODE", setup: ["PFADD key a b c d e f g h i j k l m"], "PFDEBUG DECODE key", "PFDEBUG decode key",
    "PFADD empty", "PFDEBUG DECODE empty", "PFDEBUG TODENSE key", "PFDEBUG DECODE key"),
  ConformanceCase(
    "PFDEBUG ENCODING and TODENSE", setup: ["PFADD key a"], "PFDEBUG ENCODING key", "PFDEBUG TODENSE key",
    "PFDEBUG ENCODING key", "PFDEBUG TODENSE key", "PFCOUNT key", "STRLEN key"),
  ConformanceCase(
    "PFDEBUG errors", setup: ["SET text abc", "PFADD key a", "RPUSH list a"], "PFDEBUG", "PFDEBUG GETREG",
    "PFDEBUG GETREG absent", "PFDEBUG FOO absent", "PFDEBUG FOO key", "PFDEBUG GETREG text", "PFDEBUG GETREG list",
    "PFDEBUG GETREG key key"),
  ConformanceCase("PFSELFTEST", "PFSELFTEST", "PFSELFTEST x"),

  ConformanceCase(
    "headers that are wrong", setup: ["PFADD key a"], "SETRANGE key 0 x", "PFCOUNT key", "PFADD key b",
    "PFMERGE to key",
    "PFDEBUG DECODE key", "SETRANGE key 0 HYLL\\x02", "PFCOUNT key", "SETRANGE key 4 \"\\x00\"", "PFCOUNT key",
    "SETRANGE key 4 \"\\x01\"", "PFCOUNT key", "SETRANGE key 5 abc", "PFCOUNT key", "PFADD key b", "GET key"),
  ConformanceCase(
    "strings of the wrong length", setup: ["PFADD key a", "PFDEBUG TODENSE key"], "APPEND key x", "PFCOUNT key",
    "PFADD key b", "PFMERGE to key", "SET short HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00",
    "PFCOUNT short", "SET header \"HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80\"",
    "PFCOUNT header",
    "PFADD header a", "PFCOUNT header header", "PFMERGE to header", "PFDEBUG TODENSE header", "PFDEBUG DECODE header",
    "PFDEBUG GETREG header", "EXISTS to"),
  ConformanceCase(
    "too many registers", setup: ["PFADD key a b c"], "APPEND key hello", "PFCOUNT key", "PFCOUNT key key",
    "PFADD key d",
    "PFMERGE to key", "PFDEBUG TODENSE key", "PFDEBUG GETREG key", "PFDEBUG DECODE key", "GET key"),
  ConformanceCase(
    "too few registers",
    setup: ["SET key \"HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80\\x50\\x00\""], "PFCOUNT key",
    "PFCOUNT key key", "PFADD key a", "PFMERGE to key", "PFDEBUG TODENSE key", "GET key"),
  ConformanceCase(
    "an element that fails after others",
    setup: ["SET key \"HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80\\x70\\x00\""],
    "PFADD key a b c d e f g h i j k l m n o p", "STRLEN key",
    comparing: .deviation(reason: "an error changes nothing, while Redis leaves what came before it") {
      $0.value.isError || $0.value == .integer(18)
    }),
  ConformanceCase(
    "values that follow when all registers are there",
    setup: ["SET key \"HYLL\\x01\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x80\\x7f\\xff\\x84\""],
    "PFCOUNT key", "PFCOUNT key key", "PFMERGE to key", "PFADD key a", "PFDEBUG DECODE key", "PFDEBUG TODENSE key"),
  ConformanceCase(
    "registers of values that no element has",
    setup: [
      "PFADD key a", "PFDEBUG TODENSE key", "SETRANGE key 16 \"\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff\""
    ], "PFCOUNT key", "PFADD key b c d", "PFCOUNT key key", "PFMERGE to key", "PFCOUNT to")
]
