import ConformanceSupport

/// A member longer than what is packed.
let long = String(repeating: "x", count: 65)

/// SADD, SREM, SCARD, SISMEMBER, SMISMEMBER, SMEMBERS, SMOVE and SSCAN. Redis 7.0 keeps all strings in hash tables, in
/// an order of their own.
let memberCases: [ConformanceCase] = [
  ConformanceCase(
    "metadata",
    "COMMAND INFO sadd scard sdiff sdiffstore sinter sintercard sinterstore sismember smembers smismember smove spop",
    "COMMAND INFO srandmember srem sscan sunion sunionstore",
    "COMMAND DOCS sadd scard sdiff sdiffstore sinter sintercard sinterstore sismember smembers smismember smove spop",
    "COMMAND DOCS srandmember srem sscan sunion sunionstore", "COMMAND GETKEYS sinterstore d a b",
    "COMMAND GETKEYS sintercard 2 a b LIMIT 1", "COMMAND GETKEYSANDFLAGS smove a b m"),
  ConformanceCase(
    "SADD", "SADD s a", "SADD s a", "SADD s b c a", "SCARD s", "SMEMBERS s", "TYPE s", comparing: .unordered),
  ConformanceCase("SADD of equal members", "SADD s a a b", "SCARD s", "SADD i 1 1 2 01", "SCARD i"),
  ConformanceCase("SADD of nothing", "SADD s \"\"", "SISMEMBER s \"\"", "SMEMBERS s", "SCARD s", "SREM s \"\""),
  ConformanceCase(
    "SADD of bytes", "SADD s \"\\x00\\xff\" \"\\r\\n\"", "SISMEMBER s \"\\x00\\xff\"", "SMEMBERS s",
    comparing: .unordered),
  ConformanceCase(
    "SADD of numbers", "SADD s 5 -3 0 70000 -70000 9223372036854775807 -9223372036854775808", "SMEMBERS s",
    "SISMEMBER s 70000", "SISMEMBER s -9223372036854775808", "SISMEMBER s 6", "SISMEMBER s 05"),
  ConformanceCase(
    "SADD of what is no number", "SADD s 1 01 -0 +1 \" 1\" 1.0 9223372036854775808 -9223372036854775809", "SMEMBERS s",
    "SISMEMBER s 1", "SISMEMBER s 01", "SISMEMBER s -0", "SISMEMBER s 0", comparing: .unordered),
  ConformanceCase(
    "SADD keeps the time to live", setup: ["SADD s a", "EXPIREAT s 33177117420"], "SADD s b", "EXPIRETIME s"),
  ConformanceCase("SADD in upper case", "sAdD s a", "SCARD s"),
  ConformanceCase("SADD to an expired set", setup: ["SADD s a", "PEXPIREAT s 1"], "SADD s b", "SMEMBERS s", "TTL s"),
  ConformanceCase(
    "SADD errors", setup: ["SET x x"], "SADD", "SADD s", "SADD x a", "SADD x", "EXISTS s"),

  ConformanceCase(
    "SREM", setup: ["SADD s a b c d"], "SREM s b", "SREM s b", "SREM s a x c c", "SMEMBERS s", "SCARD s"),
  ConformanceCase("SREM of numbers", setup: ["SADD s 1 2 3 100000"], "SREM s 2 x 5", "SREM s 100000", "SMEMBERS s"),
  ConformanceCase("SREM of all members", setup: ["SADD s a b"], "SREM s a b c", "EXISTS s", "SREM s a"),
  ConformanceCase("SREM of all numbers", setup: ["SADD s 1 2"], "SREM s 1 2 3", "EXISTS s", "SREM s a"),
  ConformanceCase(
    "SREM of a table", setup: [.init(["SADD", "s", "a", long, "b"])], "SREM s a x", .init(["SREM", "s", long]),
    "SREM s b", "EXISTS s"),
  ConformanceCase("SREM of nothing", setup: ["SADD s a"], "SREM s x", "SREM absent a", "SCARD s"),
  ConformanceCase("SREM errors", setup: ["SET x x"], "SREM", "SREM s", "SREM x a"),

  ConformanceCase("SCARD", setup: ["SADD s a b", "SADD i 1 2 3"], "SCARD s", "SCARD i", "SCARD absent"),
  ConformanceCase(
    "SCARD of a table", setup: [.init(["SADD", "s"] + (0..<700).map { "m\($0)" })], "SCARD s", "SREM s m3 m4",
    "SCARD s"),
  ConformanceCase("SCARD errors", setup: ["SET x x"], "SCARD", "SCARD s a", "SCARD x"),

  ConformanceCase(
    "SISMEMBER", setup: ["SADD s a 10", "SADD i 10 -5"], "SISMEMBER s a", "SISMEMBER s b", "SISMEMBER s 10",
    "SISMEMBER s 010", "SISMEMBER i 10", "SISMEMBER i -5", "SISMEMBER i a", "SISMEMBER i 99999999999",
    "SISMEMBER absent a"),
  ConformanceCase(
    "SISMEMBER of a table", setup: [.init(["SADD", "s", "a", long])], "SISMEMBER s a", "SISMEMBER s b",
    .init(["SISMEMBER", "s", long])),
  ConformanceCase(
    "SISMEMBER errors", setup: ["SET x x"], "SISMEMBER", "SISMEMBER s", "SISMEMBER s a b", "SISMEMBER x a"),

  ConformanceCase(
    "SMISMEMBER", setup: ["SADD s a b 7", "SADD i 1 2"], "SMISMEMBER s a x b 7", "SMISMEMBER i 2 3 a 1",
    "SMISMEMBER s x", "SMISMEMBER absent a b"),
  ConformanceCase(
    "SMISMEMBER of many", setup: [.init(["SADD", "s"] + (0..<6000).map { "m\($0)" })],
    .init(["SMISMEMBER", "s"] + (0..<60).map { "m\($0 * 200)" })),
  ConformanceCase("SMISMEMBER errors", setup: ["SET x x"], "SMISMEMBER", "SMISMEMBER s", "SMISMEMBER x a"),

  ConformanceCase(
    "SMEMBERS", setup: ["SADD s a b \"\"", "SADD i 30 -20 1000000"], "SMEMBERS s", "SMEMBERS i", "SMEMBERS absent",
    comparing: .unordered),
  ConformanceCase("SMEMBERS of numbers in their order", setup: ["SADD i 30 -20 1000000 5"], "SMEMBERS i"),
  ConformanceCase(
    "SMEMBERS of a table", setup: [.init(["SADD", "s"] + (0..<600).map { "m\($0)" })], "SMEMBERS s",
    comparing: .unordered),
  ConformanceCase("SMEMBERS of an expired set", setup: ["SADD s a", "PEXPIREAT s 1"], "SMEMBERS s"),
  ConformanceCase("SMEMBERS errors", setup: ["SET x x"], "SMEMBERS", "SMEMBERS s a", "SMEMBERS x"),

  ConformanceCase(
    "SMOVE", setup: ["SADD a x y", "SADD b z"], "SMOVE a b x", "SMEMBERS a", "SMEMBERS b", "SMOVE a b x", "SMOVE a b z",
    "SMOVE a b y", "EXISTS a", "SCARD b", "SMOVE a b y", comparing: .unordered),
  ConformanceCase(
    "SMOVE of numbers", setup: ["SADD a 1 2", "SADD b 3"], "SMOVE a b 1", "SMEMBERS b", "SMOVE a c 2", "SMEMBERS c",
    "EXISTS a"),
  ConformanceCase(
    "SMOVE between encodings", setup: ["SADD a x 1", "SADD b 3"], "SMOVE a b x", "SMOVE a b 1", "SMEMBERS b",
    comparing: .unordered),
  ConformanceCase(
    "SMOVE of what is there already", setup: ["SADD a x y", "SADD b x"], "SMOVE a b x", "SCARD a", "SCARD b"),
  ConformanceCase("SMOVE to itself", setup: ["SADD a x"], "SMOVE a a x", "SMOVE a a y", "SCARD a"),
  ConformanceCase(
    "SMOVE keeps times to live", setup: ["SADD a x y", "EXPIREAT a 33177117420", "SADD b z", "EXPIREAT b 33177117421"],
    "SMOVE a b x", "EXPIRETIME a", "EXPIRETIME b"),
  ConformanceCase(
    "SMOVE errors", setup: ["SADD s a", "SET x x"], "SMOVE", "SMOVE s d", "SMOVE s d a b", "SMOVE x s a", "SMOVE s x a",
    "SMOVE s x b", "SMOVE absent x a", "SMOVE x absent a", "SMOVE x x x", "SCARD s"),

  ConformanceCase(
    "SSCAN", setup: ["SADD s a b ab 1"], "SSCAN s 0 COUNT 100", "SSCAN s 0 MATCH a* COUNT 100",
    "SSCAN s 0 match * count 100", "SSCAN s 0 MATCH 1 COUNT 20", "SSCAN s 0 MATCH zzz COUNT 20", "SSCAN absent 0",
    comparing: .unorderedScan),
  ConformanceCase(
    "SSCAN of numbers", setup: ["SADD i 3 1 2 -10"], "SSCAN i 0", "SSCAN i 5 COUNT 1", "SSCAN i 0 MATCH -*",
    "SSCAN i 0 COUNT 9223372036854775807"),
  ConformanceCase(
    "SSCAN of a table", setup: [.init(["SADD", "s", "a", long, "b", "ab"])], "SSCAN s 0 COUNT 100 MATCH ?",
    comparing: .unorderedScan),
  ConformanceCase(
    "SSCAN of the empty member", setup: ["SADD s \"\" a"], "SSCAN s 0 COUNT 10", "SSCAN s 0 COUNT 10 MATCH *",
    "SSCAN s 0 COUNT 10 MATCH **", comparing: .unorderedScan),
  ConformanceCase(
    "SSCAN ignores options of absent sets", "SSCAN absent 0 FOO", "SSCAN absent 0 COUNT 0", "SSCAN absent x"),
  ConformanceCase(
    "SSCAN errors", setup: ["SADD s a", "SET x x"], "SSCAN", "SSCAN s", "SSCAN s x", "SSCAN x 0", "SSCAN x x",
    "SSCAN s 0 FOO", "SSCAN s 0 COUNT", "SSCAN s 0 COUNT x", "SSCAN s 0 COUNT 0", "SSCAN s 0 COUNT -1",
    "SSCAN s 0 MATCH", "SSCAN s 0 TYPE set", "SSCAN x 0 FOO"),
]
