import ConformanceSupport

/// SETBIT and GETBIT.
let bitCases: [ConformanceCase] = [
  ConformanceCase(
    "SETBIT", "SETBIT key 7 1", "GET key", "SETBIT key 7 0", "GET key", "SETBIT key 0 1", "SETBIT key 23 1", "GET key"),
  ConformanceCase(
    "SETBIT of text", setup: ["SET key abc"], "SETBIT key 6 1", "SETBIT key 6 1", "SETBIT key 20 0", "GET key",
    "OBJECT ENCODING key"),
  ConformanceCase(
    "SETBIT of a number", setup: ["SET key 1"], "SETBIT key 6 1", "GET key", "OBJECT ENCODING key", "INCR key"),
  ConformanceCase(
    "SETBIT that changes nothing", setup: ["SET key a"], "SETBIT key 1 1", "SETBIT key 3 0", "OBJECT ENCODING key",
    "SETBIT key 15 0", "SETBIT key 15 0", "GET key", "SETBIT absent 3 0", "GET absent"),
  ConformanceCase(
    "SETBIT far out", "SETBIT key 8191 1", "STRLEN key", "SETBIT key 100 1", "BITCOUNT key", "SETBIT key 80000 0",
    "STRLEN key"),
  ConformanceCase(
    "SETBIT keeps the time to live", setup: ["SET key v EXAT 33177117420"], "SETBIT key 3 1", "EXPIRETIME key"),
  ConformanceCase(
    "SETBIT is watched when it changes a bit", setup: ["SET key a", "WATCH key", "SETBIT key 1 1", "MULTI", "PING"],
    "EXEC", "WATCH key", "SETBIT key 2 0", "MULTI", "PING", "EXEC"),
  ConformanceCase(
    "SETBIT with a bad offset", "SETBIT key -1 1", "SETBIT key abc 1", "SETBIT key 1.0 1", "SETBIT key 4294967296 1",
    "SETBIT key 9223372036854775807 1", "SETBIT key 9223372036854775808 1", "SETBIT key #1 1", "SETBIT key \"\" 1",
    "EXISTS key"),
  ConformanceCase(
    "SETBIT with a bad bit", "SETBIT key 0 2", "SETBIT key 0 -1", "SETBIT key 0 x", "SETBIT key 0 20",
    "SETBIT key 0 \"\"", "EXISTS key"),
  ConformanceCase(
    "SETBIT within proto-max-bulk-len", setup: ["CONFIG SET proto-max-bulk-len 1mb"], "SETBIT key 8388608 1",
    "SETBIT key 8388607 1", "STRLEN key", "BITFIELD key SET u8 8388608 1", "BITFIELD key GET u8 #1048576",
    "GETBIT key 8388608", "CONFIG SET proto-max-bulk-len 512mb"),
  ConformanceCase(
    "SETBIT errors", setup: ["RPUSH list a"], "SETBIT", "SETBIT key", "SETBIT key 0", "SETBIT key 0 1 2",
    "SETBIT list 0 1", "SETBIT list x 1", "SETBIT list 0 x"),

  ConformanceCase(
    "GETBIT", setup: ["SET key \"\\xd0\\x01\""], "GETBIT key 0", "GETBIT key 1", "GETBIT key 2", "GETBIT key 3",
    "GETBIT key 15", "GETBIT key 16", "GETBIT key 4294967295", "GETBIT absent 0"),
  ConformanceCase(
    "GETBIT of numbers", setup: ["SET key 1", "SET large -9223372036854775808"], "GETBIT key 1", "GETBIT key 2",
    "GETBIT key 8", "GETBIT large 2", "GETBIT large 159", "GETBIT large 160"),
  ConformanceCase("GETBIT of nothing", setup: ["SET key \"\""], "GETBIT key 0"),
  ConformanceCase(
    "GETBIT errors", setup: ["RPUSH list a", "SET key a"], "GETBIT", "GETBIT key", "GETBIT key 0 1", "GETBIT key -1",
    "GETBIT key x", "GETBIT key 4294967296", "GETBIT list 0", "GETBIT list x")
]
