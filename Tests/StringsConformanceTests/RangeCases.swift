import ConformanceSupport

/// APPEND, STRLEN, GETRANGE, SUBSTR and SETRANGE.
let rangeCases: [ConformanceCase] = [
  ConformanceCase("APPEND", "APPEND key foo", "APPEND key bar", "GET key", "APPEND key \"\""),
  ConformanceCase("APPEND to a number", setup: ["SET key 100"], "APPEND key 200", "GET key", "INCR key"),
  ConformanceCase(
    "APPEND keeps the time to live", setup: ["SET key v EXAT 33177117420"], "APPEND key w", "EXPIRETIME key"),
  ConformanceCase("APPEND of nothing", "APPEND key \"\"", "EXISTS key", "STRLEN key"),
  ConformanceCase(
    "APPEND errors", setup: ["HSET hash field a"], "APPEND", "APPEND key", "APPEND key a b", "APPEND hash x"),

  ConformanceCase("STRLEN", setup: ["SET key hello"], "STRLEN key", "STRLEN absent"),
  ConformanceCase("STRLEN of numbers", setup: ["SET key -555", "SET zero 0"], "STRLEN key", "STRLEN zero"),
  ConformanceCase("STRLEN of bytes", setup: ["SET key \"\\x00\\xff\\r\\n\""], "STRLEN key"),
  ConformanceCase("STRLEN of nothing", setup: ["SET key \"\""], "STRLEN key"),
  ConformanceCase("STRLEN errors", setup: ["HSET hash field a"], "STRLEN", "STRLEN a b", "STRLEN hash"),

  ConformanceCase(
    "GETRANGE", setup: ["SET key \"Hello World\""], "GETRANGE key 0 3", "GETRANGE key 0 -1", "GETRANGE key -4 -1",
    "GETRANGE key 5 5", "GETRANGE key 5 3", "GETRANGE key 5 5000", "GETRANGE key -5000 10000", "GETRANGE key 0 -100",
    "GETRANGE key -1 -100", "GETRANGE key -100 -99", "GETRANGE key 11 11"),
  ConformanceCase(
    "GETRANGE of a number", setup: ["SET key 1234"], "GETRANGE key 0 2", "GETRANGE key -3 -1", "GETRANGE key 3 5000"),
  ConformanceCase(
    "GETRANGE of nothing", setup: ["SET empty \"\""], "GETRANGE absent 0 -1", "GETRANGE empty 0 -1",
    "GETRANGE empty 0 0"),
  ConformanceCase(
    "GETRANGE at the limits", setup: ["SET key abc"], "GETRANGE key 0 9223372036854775807",
    "GETRANGE key -9223372036854775808 -1", "GETRANGE key 9223372036854775807 -1", "GETRANGE key 0 4294967297"),
  ConformanceCase(
    "GETRANGE errors", setup: ["HSET hash field a"], "GETRANGE", "GETRANGE key", "GETRANGE key 0", "GETRANGE key 0 1 2",
    "GETRANGE hash 0 -1", "GETRANGE key a 1", "GETRANGE key 0 b", "GETRANGE key 0 9223372036854775808"),

  ConformanceCase("SUBSTR", setup: ["SET key \"Hello World\""], "SUBSTR key 0 3", "SUBSTR key -3 -1", "SUBSTR key 5 3"),
  ConformanceCase("SUBSTR of a number", setup: ["SET key 1234"], "SUBSTR key 1 2"),
  ConformanceCase("SUBSTR of nothing", setup: ["SET empty \"\""], "SUBSTR absent 0 -1", "SUBSTR empty 0 0"),
  ConformanceCase(
    "SUBSTR out of range", setup: ["SET key abc"], "SUBSTR key 3 5", "SUBSTR key -10 10", "SUBSTR key 2 -3"),
  ConformanceCase(
    "SUBSTR errors", setup: ["HSET hash field a"], "SUBSTR", "SUBSTR key 0", "SUBSTR key 0 1 2", "SUBSTR hash 0 -1",
    "SUBSTR key a b"),

  ConformanceCase(
    "SETRANGE", setup: ["SET key \"Hello World\""], "SETRANGE key 6 Redis", "GET key", "SETRANGE key 0 J", "GET key"),
  ConformanceCase("SETRANGE of an absent key", "SETRANGE key 0 foo", "GET key", "SETRANGE other 3 foo", "GET other"),
  ConformanceCase(
    "SETRANGE with nothing", setup: ["SET key foo"], "SETRANGE key 100 \"\"", "GET key", "SETRANGE absent 0 \"\"",
    "EXISTS absent"),
  ConformanceCase(
    "SETRANGE of a number", setup: ["SET key 1234"], "SETRANGE key 0 2", "GET key", "SETRANGE key 5 x", "GET key"),
  ConformanceCase(
    "SETRANGE keeps the time to live", setup: ["SET key v EXAT 33177117420"], "SETRANGE key 3 w", "EXPIRETIME key"),
  ConformanceCase(
    "SETRANGE errors", setup: ["HSET hash field a", "SET key foo"], "SETRANGE", "SETRANGE key 0", "SETRANGE key 0 a b",
    "SETRANGE hash 0 x", "SETRANGE hash 0 \"\"", "SETRANGE key -1 x", "SETRANGE key abc x", "SETRANGE key 536870912 x",
    "SETRANGE absent 536870912 x", "SETRANGE key 9223372036854775807 x", "SETRANGE absent -1 x", "EXISTS absent"),
]
