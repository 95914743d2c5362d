import ConformanceSupport

/// HGETALL, HKEYS, HVALS and HSCAN.
let wholeCases: [ConformanceCase] = [
  ConformanceCase("HGETALL", setup: ["HSET h a 1 b two c \"\""], "HGETALL h", "HGETALL absent"),
  ConformanceCase(
    "HGETALL in the order of insertion",
    setup: ["HSET h c 1 a 2 b 3", "HDEL h a", "HSET h a 4 c 5"], "HGETALL h"),
  ConformanceCase(
    "HGETALL of a table",
    setup: [.init(["HSET", "h"] + (0..<600).flatMap { ["f\($0)", "\($0)"] })], "HGETALL h",
    "OBJECT ENCODING h", comparing: .unorderedPairs),
  ConformanceCase(
    "HGETALL of an expired hash", setup: ["HSET h a 1", "PEXPIREAT h 1"], "HGETALL h"),
  ConformanceCase("HGETALL errors", setup: ["SET s x"], "HGETALL", "HGETALL h a", "HGETALL s"),

  ConformanceCase("HKEYS", setup: ["HSET h a 1 b 2"], "HKEYS h", "HKEYS absent"),
  ConformanceCase("HKEYS of numbers", setup: ["HSET h 1 a -5 b 007 c"], "HKEYS h"),
  ConformanceCase(
    "HKEYS of a table", setup: [.init(["HSET", "h", "a", long, "b", "1"])], "HKEYS h",
    comparing: .unordered),
  ConformanceCase("HKEYS of an expired hash", setup: ["HSET h a 1", "PEXPIREAT h 1"], "HKEYS h"),
  ConformanceCase("HKEYS errors", setup: ["SET s x"], "HKEYS", "HKEYS h a", "HKEYS s"),

  ConformanceCase("HVALS", setup: ["HSET h a 1 b 2"], "HVALS h", "HVALS absent"),
  ConformanceCase("HVALS of equal values", setup: ["HSET h a x b x c \"\""], "HVALS h"),
  ConformanceCase(
    "HVALS of a table", setup: [.init(["HSET", "h", "a", long, "b", "1"])], "HVALS h",
    comparing: .unordered),
  ConformanceCase("HVALS of an expired hash", setup: ["HSET h a 1", "PEXPIREAT h 1"], "HVALS h"),
  ConformanceCase("HVALS errors", setup: ["SET s x"], "HVALS", "HVALS h a", "HVALS s"),

  ConformanceCase(
    "HSCAN", setup: ["HSET h a 1 b 2 ab 3 1 4"], "HSCAN h 0", "HSCAN h 0 MATCH a*",
    "HSCAN h 0 COUNT 1", "HSCAN h 5 match * count 2", "HSCAN h 0 MATCH 1", "HSCAN h 0 MATCH zzz",
    "HSCAN absent 0"),
  ConformanceCase(
    "HSCAN of a table", setup: [.init(["HSET", "h", "a", long, "b", "1", "ab", "2"])],
    "HSCAN h 0 COUNT 100 MATCH ?",
    comparing: .unorderedScan),
  ConformanceCase(
    "HSCAN of the empty field", setup: ["HSET h \"\" 1 a 2"], "HSCAN h 0", "HSCAN h 0 MATCH *",
    "HSCAN h 0 MATCH **"),
  ConformanceCase(
    "HSCAN ignores options of absent hashes", "HSCAN absent 0 FOO", "HSCAN absent 0 COUNT 0",
    "HSCAN absent x"),
  ConformanceCase(
    "HSCAN errors", setup: ["HSET h a 1", "SET s x"], "HSCAN", "HSCAN h", "HSCAN h x", "HSCAN s 0",
    "HSCAN s x",
    "HSCAN h 0 FOO", "HSCAN h 0 COUNT", "HSCAN h 0 COUNT x", "HSCAN h 0 COUNT 0",
    "HSCAN h 0 COUNT -1",
    "HSCAN h 0 MATCH", "HSCAN h 0 TYPE hash", "HSCAN h 0 NOVALUES", "HSCAN s 0 FOO"),
]
